import type { Decision } from '@portcullis/contract';
import { DAY_MS, type EpochMs, HOUR_MS, isoTime, MINUTE_MS } from '@portcullis/event';
import { type Random, randomStream, simulate, smallWorld, stolenKeyStory } from '@portcullis/lab';
import { eventHashOf } from '@portcullis/pipeline/live';
import { logContainers, type OtherLog } from './log-containers.ts';

/** A record of CloudTrail as its bytes say it, and what telling it from others takes. */
export interface SourceRecord {
  readonly id: string;
  readonly time: EpochMs;
  readonly hash: string;
  readonly json: string;
}

/** A container on its way, and when it comes. */
export interface Delivery {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly arrivesAt: EpochMs;
  readonly poisoned: boolean;
}

export interface FaultWorld {
  readonly records: readonly SourceRecord[];
  /** What functions, APIs and networks log; none in most worlds. */
  readonly logs: readonly OtherLog[];
  /** By time of arrival. */
  readonly deliveries: readonly Delivery[];
  readonly decisions: readonly Decision[];
  readonly end: EpochMs;
}

const DAYS = 4;
const ACCOUNT = '123456789012';
/** Few actors who do much: cost goes with actors and hours, faults with events. */
const [CASTS, CAST_SIZE, VOLUME] = [12, 4, 6];

const sources = new Map<number, readonly SourceRecord[]>();

/** Some actors of a small organization, half of them with an attack, simulated once a process; each seed looks at some hours. */
function sourceRecords(cast: number): readonly SourceRecord[] {
  const known = sources.get(cast);
  if (known !== undefined) return known;
  const world = smallWorld({ days: DAYS, volume: VOLUME });
  const some = randomStream('cast', cast).shuffled(world.actors).slice(0, CAST_SIZE);
  const actors = cast % 2 === 0 ? [...some, stolenKeyStory(world)] : some;
  const records = [...simulate({ ...world, actors }, cast)].map(({ record, time }) => ({
    id: record.eventID,
    time,
    hash: eventHashOf(record.recipientAccountId ?? '', record.eventID),
    json: JSON.stringify(record),
  }));
  sources.set(cast, records);
  return records;
}

/** At least 200 events of some hours, in containers that come late, twice, and out of order; some hold nothing readable. */
export function faultWorld(random: Random, ofLogs?: Random): FaultWorld {
  const all = sourceRecords(random.int(0, CASTS - 1));
  const wanted = random.int(200, 225);
  const from = random.int(0, all.length - wanted - 1);
  const records = all.slice(from, from + wanted);
  const times = records.map(({ time }) => time);
  const [start, end] = [Math.min(...times), Math.max(...times)];
  const { logs, deliveries: logged } =
    ofLogs === undefined ? { logs: [], deliveries: [] } : logContainers(ofLogs, ACCOUNT, start, end);
  const deliveries = [...containers(records, random), ...poison(random, start, end), ...logged];
  return {
    records,
    logs,
    deliveries: deliveries.sort((a, b) => a.arrivesAt - b.arrivesAt),
    decisions: random.chance(0.5) ? [aMute(start, end, random)] : [],
    end,
  };
}

function* containers(records: readonly SourceRecord[], random: Random): Generator<Delivery> {
  let serial = 0;
  for (let at = 0; at < records.length; ) {
    const most = (records[at]?.time ?? 0) + 5 * MINUTE_MS;
    const some = records.slice(at, at + random.int(2, 18)).filter(({ time }) => time < most);
    const taken = random.shuffled(some);
    at += taken.length;
    const latest = Math.max(...taken.map(({ time }) => time));
    // Now and then later than anybody waits for
    const delay = random.chance(0.05) ? random.float() * 2.5 * HOUR_MS : random.float() * 9 * MINUTE_MS;
    const extra = random.chance(0.1) ? [random.pick(records)] : [];
    const bytes = containerBytes([...taken, ...extra]);
    const arrivesAt = latest + delay;
    yield { id: `raw-${serial++}`, bytes, arrivesAt, poisoned: false };
    if (random.chance(0.15)) {
      const again = arrivesAt + random.float() * (random.chance(0.2) ? 3 * HOUR_MS : 5 * MINUTE_MS);
      yield { id: `raw-${serial++}`, bytes, arrivesAt: again, poisoned: false };
    }
  }
}

export function containerBytes(records: readonly SourceRecord[]): Uint8Array {
  return Buffer.from(`{"Records":[${records.map(({ json }) => json).join(',')}]}`);
}

function poison(random: Random, start: EpochMs, end: EpochMs): readonly Delivery[] {
  return Array.from({ length: random.int(1, 3) }, (_, i) => ({
    id: `poison-${i}`,
    bytes: Buffer.from('{"Records":[{"eventName": cut'),
    arrivesAt: start + random.float() * (end - start),
    poisoned: true,
  }));
}

function aMute(start: EpochMs, end: EpochMs, random: Random): Decision {
  return {
    version: '1',
    kind: 'declared-work',
    at: isoTime(start + Math.floor((random.float() * (end - start)) / 2000) * 1000),
    id: 'work',
    title: 'Planned work',
    owner: 'dana',
    from: isoTime(start),
    to: isoTime(end + DAY_MS),
    actors: ['*deploy*', '*a*'],
    actions: ['s3:*', 'lambda:*'],
    accounts: [],
  };
}
