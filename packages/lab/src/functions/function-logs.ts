import { type EpochIndex, type EpochMs, epochOf, epochStart, HOUR_MS } from '@portcullis/event';
import type { Member, Organization } from '../organization.ts';
import { type Random, randomStream } from '../random.ts';
import type { SimulatedRecord } from '../world.ts';

/** What one function does in one hour, before it is written as lines. */
export interface FunctionHour {
  readonly member: Member;
  readonly epoch: EpochIndex;
  readonly runs: number;
  /** Of the runs, those in a new environment. */
  readonly coldStarts: number;
  readonly medianMs: number;
  readonly memoryMb: number;
  readonly maxMemoryMb: number;
  readonly linesPerRun: number;
  readonly failedShare: number;
  /** Request ids that CloudTrail tells of, where it logs invocations. */
  readonly requestIds: readonly string[];
}

/** How a function is built: the same for its whole life. */
interface Build {
  readonly callsPerRun: number;
  readonly medianMs: number;
  readonly memoryMb: number;
  readonly maxShare: number;
  readonly linesPerRun: number;
  readonly failedShare: number;
}

function buildOf(member: Member, seed: number): Build {
  const random = randomStream('function-build', seed, member.id);
  return {
    callsPerRun: 0.3 + 3 * random.float(),
    medianMs: 20 * 2 ** (8 * random.float()),
    memoryMb: random.pick([128, 256, 512, 1024, 2048]),
    maxShare: 0.3 + 0.5 * random.float(),
    linesPerRun: random.chance(0.2) ? 0 : random.int(1, 12),
    failedShare: random.chance(0.6) ? 0 : 0.03 * random.float() ** 3,
  };
}

/**
 * The hours of every function of an organization, as its own logs would tell them: a run for so many of the calls that
 * CloudTrail tells of, a new environment for each log stream that was made, and the request ids of logged invocations.
 *
 * Deployments change a function for good now and then; load slows it down for hours.
 *
 * @param records - all of the organization's, in order of time
 */
export function* functionHours(
  { members }: Organization,
  records: Iterable<SimulatedRecord>,
  seed: number,
): Generator<FunctionHour> {
  const functions = members.filter(({ kind }) => kind === 'function');
  const byRole = new Map(functions.map((member) => [`${member.account.id} ${member.principalName}`, member]));
  const byName = new Map(functions.map((member) => [nameOf(member), member]));
  const builds = new Map(functions.map((member) => [member.id, buildOf(member, seed)]));
  let epoch: EpochIndex | undefined;
  let open = new Map<string, { calls: number; streams: number; ids: string[] }>();
  const flush = function* (at: EpochIndex): Generator<FunctionHour> {
    for (const member of functions) {
      const seen = open.get(member.id);
      const build = builds.get(member.id);
      if (seen === undefined || build === undefined) continue;
      yield hourOf(member, build, at, seen, seed);
    }
    open = new Map();
  };
  for (const { time, record } of records) {
    if (epoch !== undefined && epochOf(time) !== epoch) yield* flush(epoch);
    epoch = epochOf(time);
    const invoked = record.eventSource === 'lambda.amazonaws.com' && record.eventName === 'Invoke';
    const member = invoked
      ? byName.get(invokedName(record.requestParameters))
      : byRole.get(roleOf(record.userIdentity));
    if (member === undefined) continue;
    const seen = open.get(member.id) ?? { calls: 0, streams: 0, ids: [] };
    open.set(member.id, seen);
    if (invoked) seen.ids.push(String(record.requestID));
    else if (record.eventName === 'CreateLogStream') seen.streams += 1;
    else seen.calls += 1;
  }
  if (epoch !== undefined) yield* flush(epoch);
}

function hourOf(
  member: Member,
  build: Build,
  epoch: EpochIndex,
  { calls, streams, ids }: { readonly calls: number; readonly streams: number; readonly ids: readonly string[] },
  seed: number,
): FunctionHour {
  const random = randomStream('function-hour', seed, member.id, epoch);
  const era = randomStream('function-era', seed, member.id, Math.floor(epoch / (24 * 12)));
  const deployed = era.chance(0.3) ? 2 ** (era.float() - 0.3) : 1;
  const load = random.chance(0.03) ? 1 + 2 * random.float() : 2 ** (0.3 * (random.float() - 0.5));
  const runs = Math.max(ids.length, streams, random.count(calls / build.callsPerRun));
  return {
    member,
    epoch,
    runs,
    coldStarts: Math.min(runs, streams),
    medianMs: build.medianMs * deployed * load,
    memoryMb: build.memoryMb,
    maxMemoryMb: Math.round(
      build.memoryMb * Math.min(0.98, build.maxShare * deployed ** 0.5 * (1 + 0.05 * random.float())),
    ),
    linesPerRun: build.linesPerRun,
    failedShare: random.chance(0.01) ? 0.3 * random.float() : build.failedShare,
    requestIds: ids,
  };
}

/** Subscription data of one function's hour, as CloudWatch Logs hands it over; in text or JSON, by the function. */
export function functionLogData(hour: FunctionHour, seed: number): object {
  const { member, epoch, runs } = hour;
  const random = randomStream('function-lines', seed, member.id, epoch);
  const json = randomStream('function-format', seed, member.id).chance(0.4);
  const start = epochStart(epoch);
  const logEvents = Array.from({ length: runs }, (_, run) => linesOf(hour, run, start, json, random)).flat();
  return {
    messageType: 'DATA_MESSAGE',
    owner: member.account.id,
    logGroup: `/aws/lambda/${nameOf(member)}`,
    logStream: `${new Date(start).toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${random.hex(32)}`,
    subscriptionFilters: ['all'],
    logEvents: logEvents.map((event, index) => ({ id: `${epoch}-${member.id}-${index}`, ...event })),
  };
}

function linesOf(
  { runs, coldStarts, medianMs, memoryMb, maxMemoryMb, linesPerRun, failedShare, requestIds }: FunctionHour,
  run: number,
  start: EpochMs,
  json: boolean,
  random: Random,
): readonly { readonly timestamp: EpochMs; readonly message: string }[] {
  const requestId = requestIds[run] ?? random.uuid();
  const timestamp = Math.floor(start + ((run + random.float()) / runs) * (HOUR_MS - 1000));
  const durationMs = Math.max(0.5, medianMs * 2 ** (random.float() + random.float() + random.float() - 1.5));
  const billed = Math.ceil(durationMs);
  const initMs = run < coldStarts ? 80 + 400 * random.float() : undefined;
  const status = random.chance(failedShare) ? 'error' : 'success';
  const lines = Array.from({ length: linesPerRun }, () => ({
    timestamp,
    message: json
      ? '{"level":"INFO","message":"done"}'
      : `${new Date(timestamp).toISOString()}\t${requestId}\tINFO\tdone\n`,
  }));
  return [...lines, { timestamp: timestamp + billed, message: json ? jsonReport() : textReport() }];

  function jsonReport(): string {
    const metrics = {
      durationMs: Math.round(durationMs * 1000) / 1000,
      billedDurationMs: billed,
      memorySizeMB: memoryMb,
      maxMemoryUsedMB: maxMemoryMb,
      ...(initMs !== undefined && { initDurationMs: Math.round(initMs) }),
    };
    const record = { requestId, status, metrics };
    return JSON.stringify({ time: new Date(timestamp).toISOString(), type: 'platform.report', record });
  }

  function textReport(): string {
    const init = initMs === undefined ? '' : `\tInit Duration: ${initMs.toFixed(2)} ms`;
    const failed = status === 'success' ? '' : '\tStatus: error\tError Type: Runtime.ExitError';
    return `REPORT RequestId: ${requestId}\tDuration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${billed} ms\tMemory Size: ${memoryMb} MB\tMax Memory Used: ${maxMemoryMb} MB${init}${failed}\t\n`;
  }
}

function nameOf({ id }: Member): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

function roleOf(identity: unknown): string {
  const { accountId, sessionContext } = identity as {
    readonly accountId?: string;
    readonly sessionContext?: { readonly sessionIssuer?: { readonly userName?: string } };
  };
  return `${accountId} ${sessionContext?.sessionIssuer?.userName}`;
}

function invokedName(request: unknown): string {
  const { functionName = '' } = (request ?? {}) as { readonly functionName?: string };
  return functionName.slice(functionName.lastIndexOf(':') + 1);
}
