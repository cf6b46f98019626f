import {
  type ActivityDelta,
  decodeDelta,
  emptyDelta,
  encodeDelta,
  observe,
  observeFinding,
} from '@portcullis/baseline';
import type { EpochIndex } from '@portcullis/event';
import { EventHashes, hashEvent } from '../event-hashes.ts';
import { isActivity, type LiveEvent } from './activity-codec.ts';
import { type Chain, chainOf, type Part, placeIn, sealsOf } from './chain.ts';
import { keptAsEvidence } from './kept-evidence.ts';
import type { EvidenceStore, SegmentKey, SegmentStore } from './ports.ts';
import { encodeSegment, type Segment, segmentBytes } from './segment-codec.ts';

/** Times that a batch tries again after somebody else wrote what it was about to write. */
export const MAX_TRIES = 24;

/** Some events of one actor and hour, on one split. */
export interface HourEvents {
  readonly actorId: string;
  readonly epoch: EpochIndex;
  readonly split: number;
  readonly events: readonly LiveEvent[];
}

export interface ObserveHourOptions {
  /** Bytes from which on a part is full: each batch writes a part anew. At most `SegmentStore.maxBytes` is ever written. */
  readonly partBytes: number;
  /** Oldest hour that may still be open. */
  readonly openFrom: EpochIndex;
  readonly cache: ChainCache;
}

/** What became of the events. */
export interface HourObserved {
  readonly counted: number;
  readonly duplicates: number;
  /** Among the counted: their hour was closed. */
  readonly late: number;
  /** Events that no segment can hold, with all that is known of them. */
  readonly tooLarge: readonly LiveEvent[];
  /** Events of the hour on this split so far. */
  readonly total: number;
}

/** Chains of hours that are open, as this container wrote them last. Writing checks versions, so it may be out of date. */
export interface ChainCache {
  get(key: string): Chain | undefined;
  set(key: string, chain: Chain): void;
  delete(key: string): void;
}

/** Somebody else kept writing the same hour. To be tried again. */
export class SegmentContentionError extends Error {
  override readonly name = 'SegmentContentionError';
}

/**
 * Counts events of one actor's hour, each once, however often they come and whoever else counts at the same time.
 *
 * All writers of an hour follow one chain of parts and write only to its end, by the version they read. A part is said to be
 * full, for good, before the next begins; an hour is closed, for good, before events of it go to a later seal. So
 * whoever writes has read everything that was counted before.
 */
export async function observeHour(
  hour: HourEvents,
  ports: { readonly segments: SegmentStore; readonly evidence: EvidenceStore },
  { partBytes, openFrom: openAtFirst, cache }: ObserveHourOptions,
): Promise<HourObserved> {
  const { actorId, epoch, split, events } = hour;
  const { segments, evidence } = ports;
  const cacheKey = chainKey(hour);
  const counts = { counted: 0, late: 0 };
  const tooLarge: LiveEvent[] = [];
  let openFrom = openAtFirst;
  let chain = openFrom > epoch ? undefined : cache.get(cacheKey);
  cache.delete(cacheKey);
  let tries = 0;
  while (tries < MAX_TRIES) {
    chain ??= chainOf(await segments.load(actorId, epoch, split, sealsOf(epoch, openFrom)));
    const fresh = freshEvents(chain, events).filter(({ event }) => !tooLarge.includes(event));
    if (fresh.length === 0) {
      if (openFrom <= epoch) cache.set(cacheKey, chain);
      const { counted, late } = counts;
      const duplicates = events.length - counted - tooLarge.length;
      return { counted, duplicates, late, tooLarge, total: chain.hashes.size };
    }
    const sealEpoch = Math.max(epoch, openFrom);
    const place = placeIn(chain, sealEpoch);
    if (place.kind === 'closed') {
      openFrom = sealEpoch + 1;
      chain = undefined;
      tries += 1;
      continue;
    }
    const proof = keptAsEvidence(fresh.map(({ event }) => event).filter(isActivity), chain.proven);
    // Before it counts, so that no crash keeps it out
    if (proof.length > 0) await evidence.put(actorId, epoch, proof);
    const written = write(place.kind === 'join' ? place.part : undefined, fresh, epoch, partBytes, segments.maxBytes);
    if (written === undefined) {
      const [first] = fresh;
      if (first !== undefined) tooLarge.push(first.event);
      continue;
    }
    const part = place.kind === 'join' ? place.part.part : place.part;
    const expected = place.kind === 'join' ? place.part.version : 0;
    const key: SegmentKey = { sealEpoch, actorId, epoch, split, part };
    const answer = await segments.save(key, encodeSegment(written.segment), expected);
    if (answer === 'saved') {
      counts.counted += written.taken;
      if (sealEpoch !== epoch) counts.late += written.taken;
      for (const { low, high } of fresh.slice(0, written.taken)) chain.hashes.add(low, high);
      chain = endingWith(chain, { sealEpoch, part, version: expected + 1, frozen: false, segment: written.segment });
      continue;
    }
    // A part that is not there can't begin: the hour is closed for good. One that is there is frozen: the next look shows it.
    if (answer === 'closed' && place.kind === 'begin') openFrom = sealEpoch + 1;
    chain = undefined;
    tries += 1;
  }
  throw new SegmentContentionError(`hour ${epoch} of ${actorId} was written by others ${MAX_TRIES} times in a row`);
}

/** Names an actor's hour on one split. */
export function chainKey({ actorId, epoch, split }: Pick<HourEvents, 'actorId' | 'epoch' | 'split'>): string {
  return `${epoch} ${split} ${actorId}`;
}

interface FreshEvent {
  readonly event: LiveEvent;
  readonly low: number;
  readonly high: number;
}

/** Those that no part holds, each once. */
function freshEvents({ hashes }: Chain, events: readonly LiveEvent[]): readonly FreshEvent[] {
  const hash = new Int32Array(2);
  const here = new EventHashes();
  return events.flatMap((event) => {
    hashEvent(hash, event.account, event.id);
    const [low = 0, high = 0] = hash;
    return hashes.has(low, high) || !here.add(low, high) ? [] : [{ event, low, high }];
  });
}

/**
 * The next write at the end of a chain: the part with the events in it, as many as fit; or where none fits, the part said to be
 * full. `undefined` where not even one event fits into a part of its own.
 */
function write(
  part: Part | undefined,
  fresh: readonly FreshEvent[],
  epoch: EpochIndex,
  partBytes: number,
  maxBytes: number,
): { readonly segment: Segment; readonly taken: number } | undefined {
  for (let taken = fresh.length; taken >= 1; taken = Math.floor(taken / 2)) {
    const joined = join(part, fresh.slice(0, taken), epoch);
    const bytes = segmentBytes(joined);
    if (bytes <= maxBytes) return { segment: { ...joined, full: bytes >= partBytes }, taken };
    if (part !== undefined) return { segment: { ...part.segment, full: true }, taken: 0 };
  }
  return undefined;
}

function join(
  part: Part | undefined,
  fresh: readonly FreshEvent[],
  epoch: EpochIndex,
): Pick<Segment, 'hashes' | 'delta'> {
  const hashes = new EventHashes();
  part?.segment.hashes.forEach((low, high) => {
    hashes.add(low, high);
  });
  let delta: ActivityDelta | undefined = part && decodeDelta(part.segment.delta);
  for (const { event, low, high } of fresh) {
    delta ??= emptyDelta(event.actor, epoch);
    if (isActivity(event)) observe(delta, event, low);
    else observeFinding(delta, event);
    hashes.add(low, high);
  }
  return { hashes, delta: delta === undefined ? new Uint8Array() : encodeDelta(delta) };
}

/** Of a seal, only its last part can still be written: the hashes of the others are in the chain's. */
function endingWith({ hashes, parts, proven }: Chain, part: Part): Chain {
  return { hashes, proven, parts: [...parts.filter(({ sealEpoch }) => sealEpoch !== part.sealEpoch), part] };
}
