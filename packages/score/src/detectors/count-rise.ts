import {
  type ActivityDelta,
  type CountExpectation,
  type CountMemory,
  countPrior,
  expectCount,
  hasFinished,
  METRICS,
  type Metric,
  WINDOW_MS,
  WINDOWS,
  type Window,
} from '@portcullis/baseline';
import { DAY_MS, type EpochMs } from '@portcullis/event';
import { negativeBinomialTail } from '../count-tail.ts';
import type { Candidate, DetectorId, EpochInHand, Knowledge } from '../detector.ts';
import { formatCount, plural } from '../usual.ts';

/** A metric that a detector watches, and what more of it can do. */
export interface WatchedMetric {
  readonly metric: Metric;
  readonly noun: string;
  readonly impact: number;
}

/**
 * Candidates for metrics that exceed, in an open hour, day or week, what the actor's own windows explain.
 *
 * Judged while the window is open: a burst shows as soon as it crosses the tail. The bits are the tail of a
 * negative binomial, plus the rarity of windows with any, less the number of windows in a day.
 */
export function countRises(
  detector: DetectorId,
  watched: readonly WatchedMetric[],
  { delta, open }: EpochInHand,
  knowledge: Knowledge,
): readonly Candidate[] {
  const { own } = knowledge;
  if (open === undefined || own === undefined || delta.late) return [];
  const rises: Candidate[] = [];
  for (const watch of watched) {
    const index = METRICS.indexOf(watch.metric);
    // What this hour adds nothing to was told, if at all, when it rose
    if ((open.hour[index] ?? 0) === 0) continue;
    for (const window of WINDOWS) {
      // Before one such window is over, the shorter ones know more
      if (!hasFinished(own.counts, window)) continue;
      const rise = judge(detector, watch, window, index, open[window][index] ?? 0, delta, own.counts, knowledge);
      if (rise !== undefined) rises.push(rise);
    }
  }
  return rises;
}

function judge(
  detector: DetectorId,
  { metric, noun, impact }: WatchedMetric,
  window: Window,
  index: number,
  count: number,
  delta: ActivityDelta,
  own: CountMemory,
  { peers, account }: Knowledge,
): Candidate | undefined {
  const expected = expectCount(own, window, index, countPrior(window, index, peers, account));
  const tail = negativeBinomialTail(count, expected.mean, expected.dispersion) / Math.LN2;
  if (tail === 0) return undefined;
  const bits = tail - Math.log2(expected.activeShare) - Math.log2(Math.max(1, DAY_MS / WINDOW_MS[window]));
  if (bits <= 0) return undefined;
  const heavy = metric === 'changes' || metric === 'dataReads' || metric === 'dataResources' || metric === 'newData';
  const witnesses =
    heavy && delta.heavySample.witnesses.length > 0 ? delta.heavySample.witnesses : delta.sample.witnesses;
  return {
    channel: `${detector}/${metric}/${window}`,
    detector,
    family: 'how-much',
    value: `${noun} per ${window}`,
    bits,
    impact,
    techniques: [],
    first: firstOf(delta),
    last: lastOf(delta),
    count: delta.events,
    witnesses,
    always: false,
    tell: () => ({
      observed: `${formatCount(count)} ${noun} in ${window === 'week' ? 'seven days' : `one ${window}`}${mostOften(delta)}`,
      usual: `about ${formatCount(Math.round(expected.mean))} in ${window === 'hour' ? 'an hour' : `a ${window}`} with any`,
      reason: reasonOf(count, expected, window),
    }),
  };
}

function firstOf({ sightings }: ActivityDelta): EpochMs {
  let first = Number.POSITIVE_INFINITY;
  for (const sighting of sightings.action.list) first = Math.min(first, sighting.first);
  return first;
}

function lastOf({ sightings }: ActivityDelta): EpochMs {
  let last = Number.NEGATIVE_INFINITY;
  for (const sighting of sightings.action.list) last = Math.max(last, sighting.last);
  return last;
}

/** Rare windows speak by being there at all, busy ones by how much they hold. */
function reasonOf(count: number, { mean, windows, activeShare }: CountExpectation, window: Window): string {
  if (windows < 1) return `none in any ${window} before`;
  const times = `${(count / mean).toFixed(1)} times the mean of ${plural(Math.round(windows), window)} with any`;
  return activeShare < 0.5 ? `${times}, one in ${Math.round(1 / activeShare)}` : times;
}

function mostOften(delta: ActivityDelta): string {
  let most: { readonly value: string; readonly count: number } | undefined;
  for (const sighting of delta.sightings.action.list) {
    const more = most === undefined || sighting.count > most.count;
    if (more || (sighting.count === most?.count && sighting.value < most.value)) most = sighting;
  }
  return most === undefined ? '' : `, ${most.value} most often`;
}
