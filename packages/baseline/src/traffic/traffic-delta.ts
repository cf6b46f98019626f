import type { EpochIndex, EpochMs } from '@portcullis/event';
import { Sample } from '../sample.ts';
import { SmallestHashes } from '../smallest-hashes.ts';
import { valueHash } from '../value-hash.ts';
import { earliestWith, type Witness } from '../witness.ts';
import type { Conversation } from './conversation.ts';
import { noCounts, perTrafficFeature, type TrafficFeature, type TrafficMetric } from './traffic-vocabulary.ts';

/**
 * What has a baseline of its traffic: an interface, or the instance or function that owns it, or a stage of an API.
 *
 * An owner is told by the settings or by the log; a function's id is the one that CloudTrail's records of it have.
 */
export interface TrafficParty {
  /** `<account>/interface/<eni>`, `<account>/instance/<i-…>`, `<account>/function/<ARN>`, `<account>/api/<id>/<stage>`. */
  readonly id: string;
  readonly kind: 'network' | 'api';
  readonly account: string;
  readonly name: string;
  readonly arn: string | undefined;
}

/** A value that showed within an epoch. */
export interface TrafficSighting {
  readonly value: string;
  readonly hash: number;
  count: number;
  first: EpochMs;
  last: EpochMs;
  witnesses: readonly Witness[];
}

/** Who asked an API, and how many different things. */
interface Asker {
  readonly read: SmallestHashes<true>;
  readonly probed: SmallestHashes<true>;
}

/** Values of one feature kept of an hour. */
export const MAX_HOUR_VALUES = 512;
/** Conversations of a party; askers of an API and paths of each. */
const MAX_CONVERSATIONS = 4096;
const MAX_ASKERS = 256;
const MAX_PATHS = 512;
const MAX_INTERFACES = 64;
/** Requests remembered, so that an API and the function behind it can be told to belong together. */
const MAX_REQUESTS = 64;

/**
 * What one party's logs tell of one epoch that is not sealed yet. Sums, sets, minima and maxima only, each bounded by hash, so the
 * order of the lines cannot show.
 */
export interface TrafficDelta {
  readonly of: TrafficParty;
  readonly epoch: EpochIndex;
  events: number;
  readonly counts: Record<TrafficMetric, number>;
  readonly values: Readonly<Record<TrafficFeature, SmallestHashes<TrafficSighting>>>;
  readonly conversations: SmallestHashes<Conversation>;
  /** By interface: private addresses that all of its flows have; one is its own. */
  readonly addresses: SmallestHashes<{ readonly interfaceId: string; mine: readonly string[] }>;
  readonly askers: SmallestHashes<Asker>;
  readonly requests: SmallestHashes<true>;
  first: EpochMs;
  last: EpochMs;
  readonly sample: Sample;
}

export function emptyTrafficDelta(of: TrafficParty, epoch: EpochIndex): TrafficDelta {
  return {
    of,
    epoch,
    events: 0,
    counts: noCounts(),
    values: perTrafficFeature(() => new SmallestHashes<TrafficSighting>(MAX_HOUR_VALUES)),
    conversations: new SmallestHashes(MAX_CONVERSATIONS),
    addresses: new SmallestHashes(MAX_INTERFACES),
    askers: new SmallestHashes(MAX_ASKERS),
    requests: new SmallestHashes(MAX_REQUESTS),
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
    sample: new Sample(),
  };
}

/** Adds one sighting of a value. Changes the values in place. */
export function seeValue(values: SmallestHashes<TrafficSighting>, value: string, witness: Witness): void {
  const hash = valueHash(value);
  const { time } = witness;
  const sighting = values.at(hash, () => ({ value, hash, count: 0, first: time, last: time, witnesses: [] }));
  if (sighting === undefined) return;
  sighting.count += 1;
  sighting.first = Math.min(sighting.first, time);
  sighting.last = Math.max(sighting.last, time);
  sighting.witnesses = earliestWith(sighting.witnesses, witness);
}

/** Counts one event that a witness stands for. */
export function countEvent(delta: TrafficDelta, witness: Witness, rank: number): void {
  delta.events += 1;
  delta.first = Math.min(delta.first, witness.time);
  delta.last = Math.max(delta.last, witness.time);
  delta.sample.offer(witness, rank);
}

/** The asker of a name, where there is room. */
export function askerOf(delta: TrafficDelta, name: string): Asker | undefined {
  return delta.askers.at(valueHash(name), makeAsker);
}

export function makeAsker(): Asker {
  return { read: new SmallestHashes<true>(MAX_PATHS), probed: new SmallestHashes<true>(MAX_PATHS) };
}
