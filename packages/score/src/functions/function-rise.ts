import {
  DAILY_METRICS,
  expectationOf,
  type FunctionBaseline,
  type FunctionMetric,
  type FunctionWindow,
  hourOf,
  SHIPPED_COUNT_PRIOR,
} from '@portcullis/baseline';
import { negativeBinomialTail } from '../count-tail.ts';
import type { Candidate, DetectorId } from '../detector.ts';
import { formatCount, plural } from '../usual.ts';
import type { FunctionHour, FunctionKnowledge } from './function-detector.ts';

/** Windows of a day: a day has so many chances to surprise. */
const PER_DAY: Readonly<Record<FunctionWindow, number>> = { hour: 24, day: 1 };

const HOURS: Readonly<Record<FunctionWindow, number>> = { hour: 1, day: 24 };

/** Windows since the first, below which nothing is known of a function's ups and downs. */
const MIN_ELAPSED: Readonly<Record<FunctionWindow, number>> = { hour: 24, day: 3 };

/** Less than this many more is no rise, however steady the function was. */
const MIN_RATIO = 1.5;

export interface WatchedFunctionMetric {
  readonly metric: FunctionMetric;
  readonly noun: string;
  readonly impact: number;
  readonly techniques: readonly string[];
  /** What to add to what was observed. */
  readonly more?: string;
}

/** Candidates for counts of an hour or a day that exceed what the function's own explain; the model is that of actors. */
export function functionRises(
  detector: DetectorId,
  { metric, noun, impact, techniques, more = '' }: WatchedFunctionMetric,
  { delta, hour, day }: FunctionHour,
  { own }: FunctionKnowledge,
): readonly Candidate[] {
  if (own === undefined || hour[metric] === 0) return [];
  return (['hour', 'day'] as const).flatMap((window): Candidate[] => {
    const count = (window === 'hour' ? hour : day)[metric];
    // Quiet windows since it was last heard of are part of how often it has any
    const quiet = Math.floor((delta.epoch - own.lastEpoch - 1) / HOURS[window]);
    const elapsed = own.elapsed[window] + Math.max(0, quiet);
    if (own.elapsed[window] < MIN_ELAPSED[window]) return [];
    const { windows, sum, sumSquares } = own.counts[window][metric];
    const { mean, dispersion, activeShare } = expectationOf(windows, sum, sumSquares, elapsed, SHIPPED_COUNT_PRIOR);
    if (count < MIN_RATIO * mean) return [];
    const tail = negativeBinomialTail(count, mean, dispersion) / Math.LN2;
    const bits = Math.min(
      tail - Math.log2(activeShare) - Math.log2(PER_DAY[window]),
      window === 'hour' ? againstThisHour(count, metric, own, delta.epoch) : Number.POSITIVE_INFINITY,
    );
    if (bits <= 0) return [];
    const span = window === 'hour' ? 'an hour' : 'a day';
    return [
      {
        channel: `${detector}/${metric}/${window}`,
        detector,
        family: 'how-much',
        value: `${noun} per ${window}`,
        bits,
        impact,
        techniques,
        first: delta.first,
        last: delta.last,
        count,
        witnesses: delta.sample.witnesses,
        always: false,
        tell: () => ({
          observed: `${formatCount(count)} ${noun} in one ${window}${more}`,
          usual:
            windows < 0.5
              ? `none in any ${window} before`
              : `about ${formatCount(Math.round(mean))} in ${span} with any`,
          reason: reasonOf(count / mean, windows, activeShare, window),
        }),
      },
    ];
  });
}

/** Days on which this hour of the day had any, below which it is known by the others alone. */
const MIN_DAYS = 2;

/** The same by what this hour of the day usually holds. */
function againstThisHour(count: number, metric: FunctionMetric, own: FunctionBaseline, epoch: number): number {
  const daily = DAILY_METRICS.find((one) => one === metric);
  const sums = daily === undefined ? undefined : own.daily[daily][hourOf(epoch)];
  if (!sums || sums.windows < MIN_DAYS) return Number.POSITIVE_INFINITY;
  const { windows, sum, sumSquares } = sums;
  const { mean, dispersion } = expectationOf(windows, sum, sumSquares, windows, SHIPPED_COUNT_PRIOR);
  return negativeBinomialTail(count, mean, dispersion) / Math.LN2 - Math.log2(PER_DAY.hour);
}

function reasonOf(ratio: number, windows: number, activeShare: number, window: FunctionWindow): string {
  if (windows < 0.5) return `the first in ${window === 'hour' ? 'all hours' : 'all days'} known`;
  const times = `${ratio.toFixed(1)} times the mean of ${plural(Math.round(windows), window)} with any`;
  return activeShare < 0.5 ? `${times}, one in ${Math.round(1 / activeShare)}` : times;
}
