import { EPOCH_MS, type EpochIndex, type EpochMs, epochOf, epochStart, HOUR_MS, MINUTE_MS } from '@portcullis/event';
import type { Random } from '@portcullis/lab';
import type { Delivery } from './fault-world.ts';

/** A container of what a function, an API or a network logs: a line or two of one hour, hence one piece. */
export interface OtherLog {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly epoch: EpochIndex;
  readonly lines: number;
}

export interface OtherLogs {
  readonly logs: readonly OtherLog[];
  readonly deliveries: readonly Delivery[];
}

const KINDS = [functionLines, requestLines, flowLines] as const;
const NAMES = ['orders', 'payments'] as const;
type Name = (typeof NAMES)[number];

/** Containers of all sources over some hours, which come late, twice and out of order, as those of CloudTrail do. */
export function logContainers(random: Random, account: string, start: EpochMs, end: EpochMs): OtherLogs {
  const logs: OtherLog[] = [];
  const deliveries: Delivery[] = [];
  for (let time = start; time < end; time += (5 + 25 * random.float()) * MINUTE_MS) {
    const id = `log-${logs.length}`;
    const lines = random.int(1, 2);
    const epoch = epochOf(time);
    const at = Math.floor(Math.min(time, epochStart(epoch) + EPOCH_MS - MINUTE_MS) / 1000) * 1000;
    const bytes = random.pick(KINDS)(id, account, random.pick(NAMES), at, lines);
    logs.push({ id, bytes, epoch, lines });
    const delay = random.chance(0.08) ? random.float() * 2 * HOUR_MS : random.float() * 9 * MINUTE_MS;
    deliveries.push({ id, bytes, arrivesAt: at + delay, poisoned: false });
    if (!random.chance(0.2)) continue;
    const again = at + delay + random.float() * 90 * MINUTE_MS;
    deliveries.push({ id: `${id} again`, bytes, arrivesAt: again, poisoned: false });
  }
  return { logs, deliveries };
}

function functionLines(id: string, owner: string, name: Name, at: EpochMs, lines: number): Uint8Array {
  const logEvents = Array.from({ length: lines }, (_, line) => ({
    id: `${id}-${line}`,
    timestamp: at + line,
    message: `REPORT RequestId: ${requestIdOf(id, line)}\tDuration: 12.50 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB\t\n`,
  }));
  const of = { owner, logGroup: `/aws/lambda/${name}`, logStream: 'stream' };
  return Buffer.from(JSON.stringify({ messageType: 'DATA_MESSAGE', ...of, logEvents }));
}

function requestLines(id: string, accountId: string, name: Name, at: EpochMs, lines: number): Uint8Array {
  const all = Array.from({ length: lines }, (_, line) => ({
    ...{ requestId: `${id}-${line}`, requestTimeEpoch: at + line, accountId, apiId: name, stage: 'prod' },
    ...{ httpMethod: 'GET', routeKey: 'GET /', path: '/', status: 200, sourceIp: '192.0.2.1', userAgent: 'curl/8' },
    ...{ principalId: 'dana', integrationRequestId: requestIdOf(id, line) },
  }));
  return Buffer.from(all.map((line) => JSON.stringify(line)).join('\n'));
}

function flowLines(_id: string, account: string, name: Name, at: EpochMs, lines: number): Uint8Array {
  const eni = `eni-0000000000000000${NAMES.indexOf(name)}`;
  const all = Array.from({ length: lines }, (_, line) => {
    const start = at / 1000 + line;
    return `2 ${account} ${eni} 10.0.1.5 198.51.100.7 ${40_000 + line} 443 6 10 4000 ${start} ${start + 59} ACCEPT OK`;
  });
  return Buffer.from(all.join('\n'));
}

/** The same of a function and an API now and then, since few are drawn. */
function requestIdOf(id: string, line: number): string {
  return `00000000-0000-4000-8000-${String((Number(id.slice(4)) % 6) * 2 + line).padStart(12, '0')}`;
}
