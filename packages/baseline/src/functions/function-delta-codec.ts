import type { EpochIndex, InvocationStatus, LoggedFunction } from '@portcullis/event';
import { BaselineFormatError } from '../errors.ts';
import { emptyFunctionDelta, type FunctionDelta, MAX_TROUBLED, witnessOfLine } from './function-delta.ts';

/** Raised when the layout changes. Open deltas live for hours: a release reads the version before its own too. */
const VERSION = 1;

type Trouble = Exclude<InvocationStatus, 'success'>;

/** An open delta of a function as plain JSON values. */
export interface StoredFunctionDelta {
  readonly version: number;
  readonly of: LoggedFunction;
  readonly epoch: EpochIndex;
  readonly totals: readonly [
    invocations: number,
    coldStarts: number,
    billedMs: number,
    billedMbMs: number,
    maxMemoryMb: number,
    memoryMb: number,
    lines: number,
    errorLines: number,
    dropped: boolean,
    first: number,
    last: number,
  ];
  readonly durations: readonly (readonly [bin: number, count: number])[];
  readonly troubled: readonly (readonly [hash: number, status: Trouble])[];
  readonly requests: readonly number[];
  readonly sample: readonly (readonly [id: string, time: number, rank: number])[];
}

export function storeFunctionDelta(delta: FunctionDelta): StoredFunctionDelta {
  const { of, epoch, invocations, coldStarts, billedMs, billedMbMs, maxMemoryMb, memoryMb } = delta;
  const { lines, errorLines, dropped, first, last, durations, troubled, requests, sample } = delta;
  return {
    version: VERSION,
    of,
    epoch,
    totals: [
      ...([invocations, coldStarts, billedMs, billedMbMs, maxMemoryMb, memoryMb] as const),
      ...([lines, errorLines, dropped, first, last] as const),
    ],
    durations: durations.flatMap((count, bin) => (count === 0 ? [] : [[bin, count] as const])),
    troubled: [...troubled].sort(([a], [b]) => a - b),
    requests: requests.entries().map(([hash]) => hash),
    sample: sample.witnesses.map(({ id, time }, at) => [id, time, sample.ranks[at] ?? 0]),
  };
}

/** @throws BaselineFormatError where another release wrote it in a form of its own */
export function restoreFunctionDelta(stored: StoredFunctionDelta): FunctionDelta {
  const { version, of, epoch, totals } = stored;
  if (version !== VERSION) {
    throw new BaselineFormatError(`function delta version ${version}; this release reads version ${VERSION}`);
  }
  const delta = emptyFunctionDelta(of, epoch);
  [delta.invocations, delta.coldStarts, delta.billedMs, delta.billedMbMs, delta.maxMemoryMb, delta.memoryMb] = totals;
  [, , , , , , delta.lines, delta.errorLines, delta.dropped, delta.first, delta.last] = totals;
  for (const [bin, count] of stored.durations) delta.durations[bin] = count;
  for (const [hash, status] of stored.troubled) delta.troubled.set(hash, status);
  for (const hash of stored.requests) delta.requests.at(hash, () => true);
  for (const [id, time, rank] of stored.sample) delta.sample.offer(witnessOfLine({ id, time, of }), rank);
  return delta;
}

/** Adds what another part of the same hour told of other lines. Changes `delta` in place. */
export function mergeFunctionDelta(delta: FunctionDelta, other: FunctionDelta): void {
  delta.invocations += other.invocations;
  delta.coldStarts += other.coldStarts;
  delta.billedMs += other.billedMs;
  delta.billedMbMs += other.billedMbMs;
  delta.maxMemoryMb = Math.max(delta.maxMemoryMb, other.maxMemoryMb);
  delta.memoryMb = Math.max(delta.memoryMb, other.memoryMb);
  delta.lines += other.lines;
  delta.errorLines += other.errorLines;
  delta.dropped ||= other.dropped;
  delta.first = Math.min(delta.first, other.first);
  delta.last = Math.max(delta.last, other.last);
  other.durations.forEach((count, bin) => {
    delta.durations[bin] = (delta.durations[bin] ?? 0) + count;
  });
  for (const [hash, status] of other.troubled) {
    const known = delta.troubled.get(hash);
    if (known === 'timeout' || (known === undefined && delta.troubled.size >= MAX_TROUBLED)) continue;
    delta.troubled.set(hash, status);
  }
  for (const [hash] of other.requests.entries()) delta.requests.at(hash, () => true);
  delta.sample.merge(other.sample);
}
