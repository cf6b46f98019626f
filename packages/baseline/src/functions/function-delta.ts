import type {
  Action,
  EpochIndex,
  EpochMs,
  FunctionEvent,
  InvocationReport,
  InvocationStatus,
  LoggedFunction,
  Network,
} from '@portcullis/event';
import { Sample } from '../sample.ts';
import { SmallestHashes } from '../smallest-hashes.ts';
import { valueHash } from '../value-hash.ts';
import type { Witness } from '../witness.ts';
import { DURATION_BINS, durationBin } from './duration-bins.ts';

/**
 * What one function did in one epoch that is not sealed yet, by its own logs.
 *
 * Whole numbers, sets, minima and maxima only, so that the order in which lines join does not matter.
 */
export interface FunctionDelta {
  readonly of: LoggedFunction;
  readonly epoch: EpochIndex;
  /** Invocations that were reported. */
  invocations: number;
  coldStarts: number;
  /** Invocations by length; see `durationBin`. */
  readonly durations: number[];
  billedMs: number;
  /** Megabyte-milliseconds, which is what is paid for. */
  billedMbMs: number;
  maxMemoryMb: number;
  /** As configured; the largest where it changed within the hour. */
  memoryMb: number;
  /** Requests that ended badly, by hash of their id, since several lines tell of one. */
  readonly troubled: Map<number, Exclude<InvocationStatus, 'success'>>;
  /** Requests by hash of their id, the smallest: enough to tell whose requests they are. */
  readonly requests: SmallestHashes<true>;
  /** Lines of the application, and those of level error or worse. */
  lines: number;
  errorLines: number;
  /** Lambda said that it lost lines. */
  dropped: boolean;
  first: EpochMs;
  last: EpochMs;
  readonly sample: Sample;
}

/** Requests remembered as troubled; an hour with more is in trouble enough. */
export const MAX_TROUBLED = 20_000;
/** More than an API remembers, since a function may serve several. */
const MAX_REQUESTS = 1024;

export function emptyFunctionDelta(of: LoggedFunction, epoch: EpochIndex): FunctionDelta {
  return {
    of,
    epoch,
    invocations: 0,
    coldStarts: 0,
    durations: new Array<number>(DURATION_BINS).fill(0),
    billedMs: 0,
    billedMbMs: 0,
    maxMemoryMb: 0,
    memoryMb: 0,
    troubled: new Map(),
    requests: new SmallestHashes<true>(MAX_REQUESTS),
    lines: 0,
    errorLines: 0,
    dropped: false,
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
    sample: new Sample(),
  };
}

/** Adds one line to the delta it belongs to. Changes the delta in place. */
export function observeFunction(delta: FunctionDelta, event: FunctionEvent, rank = valueHash(event.id)): void {
  const { moment, time } = event;
  delta.first = Math.min(delta.first, time);
  delta.last = Math.max(delta.last, time);
  switch (moment.kind) {
    case 'report':
      delta.requests.at(valueHash(moment.requestId), () => true);
      report(delta, moment.report);
      if (moment.status !== 'success') trouble(delta, moment.requestId, moment.status);
      delta.sample.offer(witnessOfLine(event), rank);
      return;
    case 'trouble':
      trouble(delta, moment.requestId, moment.status);
      delta.sample.offer(witnessOfLine(event), rank);
      return;
    case 'line':
      delta.lines += 1;
      if (moment.level === 'error' || moment.level === 'fatal') delta.errorLines += 1;
      return;
    case 'platform':
      if (moment.type === 'logsDropped') delta.dropped = true;
      return;
    case 'started':
      return;
  }
}

function report(delta: FunctionDelta, { durationMs, billedMs, memoryMb, maxMemoryMb, initMs }: InvocationReport): void {
  const bin = durationBin(durationMs);
  delta.invocations += 1;
  if (initMs !== undefined) delta.coldStarts += 1;
  delta.durations[bin] = (delta.durations[bin] ?? 0) + 1;
  // Whole numbers add up the same in any order
  delta.billedMs += Math.round(billedMs);
  delta.billedMbMs += Math.round(billedMs) * Math.round(memoryMb);
  delta.maxMemoryMb = Math.max(delta.maxMemoryMb, maxMemoryMb);
  delta.memoryMb = Math.max(delta.memoryMb, memoryMb);
}

/** A timeout is told as an error too; it stays a timeout. */
function trouble({ troubled }: FunctionDelta, requestId: string, status: Exclude<InvocationStatus, 'success'>): void {
  const hash = valueHash(requestId);
  if (troubled.get(hash) === 'timeout') return;
  if (troubled.size < MAX_TROUBLED || troubled.has(hash)) troubled.set(hash, status);
}

const INVOKE: Action = {
  name: 'lambda:InvokeFunction',
  service: 'lambda',
  mapping: 'mapped',
  accessLevel: 'Write',
  effect: 'changes',
  alsoNeeds: [],
};
/** A function's log does not tell who called, nor from where. */
const NOWHERE: Network = { kind: 'unknown', address: '', prefix: '' };

export function witnessOfLine({ id, time, of }: Pick<FunctionEvent, 'id' | 'time' | 'of'>): Witness {
  return { id, time, account: of.account, region: of.region, action: INVOKE, network: NOWHERE, grants: [] };
}
