import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { EPOCH_MS, type EpochMs, epochStart } from '@portcullis/event';
import {
  deliver,
  interfaceOwners,
  logFileBytes,
  organization,
  simulate,
  sitesOf,
  writeFunctionLogs,
  writeTrafficLogs,
} from '@portcullis/lab';
import type { LogContainer, LogSource } from '@portcullis/pipeline';

/** A container of one source, and the time from which on it holds anything. */
export interface MixedLog {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly from: EpochMs;
}

export interface MixedLogs {
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly owners: Readonly<Record<string, string>>;
  /** By time. */
  readonly logs: readonly MixedLog[];
}

/** What CloudTrail, functions, networks and APIs of one small organization log, with something befalling one of each near the end. */
export function mixedLogs(seed: number, days: number): MixedLogs {
  const world = organization({ seed, actors: 20, days, half: 'tuning', volume: 0.1 });
  const records = [...simulate(world, seed)];
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-mixed-'));
  try {
    writeFunctionLogs(path.join(folder, 'functions'), world, records, seed);
    writeTrafficLogs(path.join(folder, 'traffic'), world, records, seed);
    const written = filesBelow(folder);
    const trail = [...deliver(records, seed)].map((file) => ({
      name: file.path,
      bytes: logFileBytes(file),
      from: Math.min(...file.records.map(({ eventTime }) => Date.parse(String(eventTime)))),
    }));
    const logs = [...trail, ...written, ...befallen(written)];
    return {
      start: world.start,
      end: world.start + days * 24 * EPOCH_MS,
      owners: interfaceOwners(sitesOf(world, seed)),
      logs: logs.sort((a, b) => a.from - b.from),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Nothing that a later container holds is older than what it says. */
export async function* sourceOf(logs: readonly MixedLog[]): LogSource {
  for (const [at, { name, bytes }] of logs.entries()) {
    const laterStartsAt = logs[at + 1]?.from;
    yield { name, bytes, precedingLines: 0, ...(laterStartsAt === undefined ? {} : { laterStartsAt }) } as LogContainer;
  }
}

function filesBelow(folder: string): readonly MixedLog[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.gz'))
    .sort()
    .map((name) => {
      const epoch = Number(/_(\d+)\.\w+\.gz$/.exec(name)?.[1]);
      return { name, bytes: readFileSync(path.join(folder, name)), from: epochStart(epoch) };
    });
}

/** Late on, a function that runs far more, an API whose paths are gone through, and a machine that sends much to a stranger. */
function befallen(written: readonly MixedLog[]): readonly MixedLog[] {
  const late = (of: RegExp) => written.filter(({ name }) => of.test(name)).sort((a, b) => b.from - a.from)[20];
  const [run, requests, flows] = [late(/^functions/), late(/^traffic.*json\.gz$/), late(/vpcflowlogs/)];
  if (run === undefined || requests === undefined || flows === undefined) throw new RangeError('a source is silent');
  return [manyRuns(run), pathsTried(requests), muchSent(flows)];
}

function textOf({ bytes }: MixedLog): string {
  return gunzipSync(bytes).toString();
}

function manyRuns(log: MixedLog): MixedLog {
  const data = JSON.parse(textOf(log));
  const logEvents = Array.from({ length: 4000 }, (_, i) => ({
    id: `drained-${i}`,
    timestamp: log.from + 800 * i,
    message: `REPORT RequestId: 00000000-0000-4000-8000-${String(i).padStart(12, '0')}\tDuration: 900.00 ms\tBilled Duration: 900 ms\tMemory Size: 512 MB\tMax Memory Used: 500 MB\t\n`,
  }));
  return { ...log, name: `${log.name} drained`, bytes: Buffer.from(JSON.stringify({ ...data, logEvents })) };
}

function pathsTried(log: MixedLog): MixedLog {
  const [first = '{}'] = textOf(log).split('\n');
  const lines = Array.from({ length: 400 }, (_, i) =>
    JSON.stringify({
      ...JSON.parse(first),
      requestId: `probe-${i}`,
      requestTimeEpoch: String(log.from + 5000 * i),
      path: `/probe/${i}`,
      status: i % 3 === 0 ? '200' : '404',
      sourceIp: '203.0.113.77',
      userAgent: 'probe/1.0',
      userArn: '-',
      principalId: 'stranger',
    }),
  );
  return { ...log, name: `${log.name} probed`, bytes: Buffer.from(lines.join('\n')) };
}

function muchSent(log: MixedLog): MixedLog {
  const [header = '', ...lines] = textOf(log).split('\n');
  const columns = header.split(' ');
  const template = lines.find(
    (line) => line.includes('ACCEPT') && line.split(' ')[columns.indexOf('srcaddr')]?.startsWith('10.'),
  );
  const cells = (template ?? '').split(' ');
  const sent = Array.from({ length: 30 }, (_, minute) =>
    columns
      .map((column, at) => {
        const start = log.from / 1000 + 120 * (minute % 28);
        const changed: Readonly<Record<string, string | number>> = {
          dstaddr: '203.0.113.9',
          'pkt-dstaddr': '203.0.113.9',
          srcport: 40_000 + minute,
          dstport: 443,
          bytes: 900_000_000,
          start,
          end: start + 59,
        };
        return changed[column] ?? cells[at] ?? '-';
      })
      .join(' '),
  );
  return { ...log, name: `${log.name} sent`, bytes: Buffer.from([header, ...sent].join('\n')) };
}
