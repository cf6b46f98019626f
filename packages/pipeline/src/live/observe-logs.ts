import type { EpochIndex } from '@portcullis/event';
import { EventHashes } from '../event-hashes.ts';
import { type Chain, chainOf, type Part, placeIn } from './chain.ts';
import { chainKey, MAX_TRIES, type ObserveHourOptions, SegmentContentionError } from './observe-hour.ts';
import { decodeLog, encodeLog, type LogPiece, mergeLog, restoreLog } from './open-log.ts';
import type { SegmentStore } from './ports.ts';
import { encodeSegment, type Segment, segmentBytes } from './segment-codec.ts';

/** Some pieces of one function's or party's hour. */
export interface LogPieces {
  readonly segmentId: string;
  readonly epoch: EpochIndex;
  readonly pieces: readonly LogPiece[];
}

/** What became of them, in lines. */
export interface LogsObserved {
  readonly counted: number;
  readonly duplicates: number;
  /** Their hour was closed: counted here, and neither judged nor learned, as in a replay. */
  readonly late: number;
  /** Pieces that no segment can hold. */
  readonly tooLarge: readonly LogPiece[];
}

/**
 * Counts pieces of an hour, each once, however often they come and whoever else counts at the same time; by the same chain of
 * parts as the events of an actor (`observeHour`).
 */
export async function observeLogs(
  { segmentId, epoch, pieces }: LogPieces,
  { segments }: { readonly segments: SegmentStore },
  { partBytes, openFrom, cache }: ObserveHourOptions,
): Promise<LogsObserved> {
  const key = { actorId: segmentId, epoch, split: 0 };
  const cacheKey = chainKey(key);
  const tooLarge: LogPiece[] = [];
  let counted = 0;
  let closed = openFrom > epoch;
  let chain = closed ? undefined : cache.get(cacheKey);
  cache.delete(cacheKey);
  let tries = 0;
  while (tries < MAX_TRIES) {
    chain ??= chainOf(await segments.load(segmentId, epoch, 0, [epoch]));
    const fresh = freshPieces(chain, pieces).filter((piece) => !tooLarge.includes(piece));
    if (fresh.length === 0 || closed) {
      if (!closed) cache.set(cacheKey, chain);
      const late = linesOf(fresh);
      return { counted, late, duplicates: linesOf(pieces) - counted - late - linesOf(tooLarge), tooLarge };
    }
    const place = placeIn(chain, epoch);
    if (place.kind === 'closed') {
      closed = true;
      chain = undefined;
      continue;
    }
    const part = place.kind === 'join' ? place.part : undefined;
    const written = write(part, fresh, partBytes, segments.maxBytes);
    if (written === undefined) {
      const [first] = fresh;
      if (first !== undefined) tooLarge.push(first);
      continue;
    }
    const at = { ...key, sealEpoch: epoch, part: place.kind === 'join' ? place.part.part : place.part };
    const expected = part?.version ?? 0;
    const answer = await segments.save(at, encodeSegment(written.segment), expected);
    if (answer === 'saved') {
      const taken = fresh.slice(0, written.taken);
      counted += linesOf(taken);
      for (const { hash } of taken) chain.hashes.add(...hash);
      const saved = { sealEpoch: epoch, part: at.part, version: expected + 1, frozen: false, segment: written.segment };
      chain = { ...chain, parts: [saved] };
      continue;
    }
    // A part that is not there can't begin: the hour is closed for good. One that is there is frozen: the next look shows it.
    if (answer === 'closed' && place.kind === 'begin') closed = true;
    chain = undefined;
    tries += 1;
  }
  throw new SegmentContentionError(`hour ${epoch} of ${segmentId} was written by others ${MAX_TRIES} times in a row`);
}

/** Those that no part holds, each once. */
function freshPieces({ hashes }: Chain, pieces: readonly LogPiece[]): readonly LogPiece[] {
  const here = new EventHashes();
  return pieces.filter(({ hash }) => !hashes.has(...hash) && here.add(...hash));
}

/** The next write at the end of a chain, as in `observeHour`. `undefined` where not even one piece fits into a part of its own. */
function write(
  part: Part | undefined,
  fresh: readonly LogPiece[],
  partBytes: number,
  maxBytes: number,
): { readonly segment: Segment; readonly taken: number } | undefined {
  for (let taken = fresh.length; taken >= 1; taken = Math.floor(taken / 2)) {
    const joined = join(part, fresh.slice(0, taken));
    const bytes = segmentBytes(joined);
    if (bytes <= maxBytes) return { segment: { ...joined, full: bytes >= partBytes }, taken };
    if (part !== undefined) return { segment: { ...part.segment, full: true }, taken: 0 };
  }
  return undefined;
}

function join(part: Part | undefined, fresh: readonly LogPiece[]): Pick<Segment, 'hashes' | 'delta'> {
  const hashes = new EventHashes();
  part?.segment.hashes.forEach((low, high) => {
    hashes.add(low, high);
  });
  let log = part && decodeLog(part.segment.delta);
  for (const piece of fresh) {
    const more = restoreLog(piece.log);
    if (log === undefined) log = more;
    else mergeLog(log, more);
    hashes.add(...piece.hash);
  }
  return { hashes, delta: log === undefined ? new Uint8Array() : encodeLog(log) };
}

function linesOf(pieces: readonly LogPiece[]): number {
  return pieces.reduce((sum, { lines }) => sum + lines, 0);
}
