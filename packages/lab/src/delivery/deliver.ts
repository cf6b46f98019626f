import { type EpochMs, MINUTE_MS } from '@portcullis/event';
import { type Random, randomStream } from '../random.ts';
import type { CloudTrailRecord } from '../record/cloudtrail-record.ts';
import type { SimulatedRecord } from '../world.ts';
import { type LogFile, logFilePath } from './log-file.ts';

export interface DeliveryOptions {
  /** A file is written per account and region and this often. CloudTrail's own rhythm is about five minutes. */
  readonly everyMs?: number;
  /** A record arrives this long after its event, at the earliest and latest. */
  readonly delayMs?: readonly [least: number, most: number];
  /** Share of records that arrive twice, mostly in different files. */
  readonly duplicates?: number;
}

/**
 * Files as CloudTrail would deliver the records: late, out of order inside a file, some of them twice.
 *
 * Yields files in order of delivery and holds no more records than can still be on their way.
 */
export function* deliver(
  records: Iterable<SimulatedRecord>,
  seed: number,
  {
    everyMs = 5 * MINUTE_MS,
    delayMs: [least, most] = [2 * MINUTE_MS, 12 * MINUTE_MS],
    duplicates = 0.005,
  }: DeliveryOptions = {},
): Generator<LogFile> {
  const random = randomStream(seed, 'delivery');
  /** Records by the end of the slot they arrive in, then by account and region. */
  const underWay = new Map<EpochMs, Map<string, CloudTrailRecord[]>>();

  for (const { time, record } of records) {
    yield* arrived(underWay, time + least, random);
    for (let copies = random.chance(duplicates) ? 2 : 1; copies > 0; copies--) {
      const slotEnd = (Math.floor((time + least + random.float() * (most - least)) / everyMs) + 1) * everyMs;
      const trails = underWay.get(slotEnd) ?? new Map<string, CloudTrailRecord[]>();
      underWay.set(slotEnd, trails);
      const trail = `${record.recipientAccountId}/${record.awsRegion}`;
      const waiting = trails.get(trail) ?? [];
      trails.set(trail, waiting);
      waiting.push(record);
    }
  }
  yield* arrived(underWay, Infinity, random);
}

/** Takes out the slots that end by `until`, the earliest arrival of any further record. */
function* arrived(
  underWay: Map<EpochMs, Map<string, CloudTrailRecord[]>>,
  until: EpochMs,
  random: Random,
): Generator<LogFile> {
  const done = [...underWay.keys()].filter((slotEnd) => slotEnd <= until).sort((a, b) => a - b);
  for (const slotEnd of done) {
    const trails = underWay.get(slotEnd) ?? new Map<string, CloudTrailRecord[]>();
    underWay.delete(slotEnd);
    for (const [trail, records] of [...trails].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const [account = '', region = ''] = trail.split('/');
      yield { path: logFilePath(account, region, slotEnd, random), records: random.shuffled(records) };
    }
  }
}
