import type { Decision } from '@portcullis/contract';
import { DAY_MS, type EpochMs, HOUR_MS, isoTime, MINUTE_MS } from '@portcullis/event';
import { type Random, simulate, smallWorld, stolenKeyStory } from '@portcullis/lab';

/** A record of CloudTrail; what is in it beside is nobody's business here. */
export interface SourceRecord {
  readonly eventID: string;
  readonly eventTime: string;
  readonly recipientAccountId?: string;
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
  /** By time of arrival. */
  readonly deliveries: readonly Delivery[];
  readonly decisions: readonly Decision[];
  readonly end: EpochMs;
}

const DAYS = 4;
const SOURCE_SEED = 3;

let source: readonly SourceRecord[] | undefined;

/** One small organization with an attack, simulated once a process; each seed looks at some hours of it. */
function sourceRecords(): readonly SourceRecord[] {
  if (source === undefined) {
    const world = smallWorld({ days: DAYS, volume: 0.7 });
    const story = stolenKeyStory(world);
    source = [...simulate({ ...world, actors: [...world.actors, story] }, SOURCE_SEED)].map(({ record }) => record);
  }
  return source;
}

/** At least 200 events of some hours, in containers that come late, twice, and out of order; some hold nothing readable. */
export function faultWorld(random: Random): FaultWorld {
  const all = sourceRecords();
  const wanted = random.int(210, 300);
  const from = random.int(0, all.length - wanted - 1);
  const records = all.slice(from, from + wanted);
  const times = records.map(({ eventTime }) => Date.parse(eventTime));
  const [start, end] = [Math.min(...times), Math.max(...times)];
  const deliveries = [...containers(records, random), ...poison(random, start, end)];
  return {
    records,
    deliveries: deliveries.sort((a, b) => a.arrivesAt - b.arrivesAt),
    decisions: random.chance(0.5) ? [aMute(start, end, random)] : [],
    end,
  };
}

function* containers(records: readonly SourceRecord[], random: Random): Generator<Delivery> {
  let serial = 0;
  for (let at = 0; at < records.length; ) {
    const most = Date.parse(records[at]?.eventTime ?? '') + 5 * MINUTE_MS;
    const some = records.slice(at, at + random.int(2, 18)).filter(({ eventTime }) => Date.parse(eventTime) < most);
    const taken = random.shuffled(some);
    at += taken.length;
    const latest = Math.max(...taken.map(({ eventTime }) => Date.parse(eventTime)));
    // Now and then later than anybody waits for
    const delay = random.chance(0.05) ? random.float() * 2.5 * HOUR_MS : random.float() * 9 * MINUTE_MS;
    const extra = random.chance(0.1) ? [random.pick(records)] : [];
    const bytes = Buffer.from(JSON.stringify({ Records: [...taken, ...extra] }));
    const arrivesAt = latest + delay;
    yield { id: `raw-${serial++}`, bytes, arrivesAt, poisoned: false };
    if (random.chance(0.15)) {
      const again = arrivesAt + random.float() * (random.chance(0.2) ? 3 * HOUR_MS : 5 * MINUTE_MS);
      yield { id: `raw-${serial++}`, bytes, arrivesAt: again, poisoned: false };
    }
  }
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
