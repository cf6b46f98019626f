import { expectationOf, type TrafficMetric, type TrafficWindow, trafficCountPrior } from '@portcullis/baseline';
import { negativeBinomialTail } from '../count-tail.ts';
import type { Candidate, DetectorId } from '../detector.ts';
import { formatCount, plural } from '../usual.ts';
import type { TrafficInHand, TrafficKnowledge } from './traffic-detector.ts';

export interface WatchedTraffic {
  readonly metric: TrafficMetric;
  readonly noun: string;
  readonly impact: number;
  readonly techniques: readonly string[];
  /** Less than this is no rise for anybody. */
  readonly least: number;
}

const PER_DAY: Readonly<Record<TrafficWindow, number>> = { hour: 24, day: 1 };
const HOURS: Readonly<Record<TrafficWindow, number>> = { hour: 1, day: 24 };
/** Windows since the first, below which nothing is known of ups and downs. */
const MIN_ELAPSED: Readonly<Record<TrafficWindow, number>> = { hour: 24, day: 3 };
const MIN_RATIO = 1.5;

/** Candidates for counts of an hour or a day beyond what the party's own explain; the model is that of actors. */
export function trafficRises(
  detector: DetectorId,
  { metric, noun, impact, techniques, least }: WatchedTraffic,
  { hour, day }: TrafficInHand,
  { own, others }: TrafficKnowledge,
): readonly Candidate[] {
  const { delta, counts } = hour;
  if (own === undefined || counts[metric] === 0) return [];
  return (['hour', 'day'] as const).flatMap((window): Candidate[] => {
    const count = (window === 'hour' ? counts : day)[metric];
    if (count < least || own.elapsed[window] < MIN_ELAPSED[window]) return [];
    // Quiet windows since it was last heard of are part of how often it has any
    const quiet = Math.floor((delta.epoch - own.lastEpoch - 1) / HOURS[window]);
    const elapsed = own.elapsed[window] + Math.max(0, quiet);
    const { windows, sum, sumSquares } = own.counts[window][metric];
    const prior = trafficCountPrior(others, metric);
    const scaled = window === 'hour' ? prior : { ...prior, mean: prior.mean * DAY_OF_HOURS };
    const { mean, dispersion, activeShare } = expectationOf(windows, sum, sumSquares, elapsed, scaled);
    if (count < MIN_RATIO * mean) return [];
    const bits =
      negativeBinomialTail(count, mean, dispersion) / Math.LN2 - Math.log2(activeShare) - Math.log2(PER_DAY[window]);
    if (bits <= 0) return [];
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
        count: delta.events,
        witnesses: delta.sample.witnesses,
        always: false,
        tell: () => ({
          observed: `${formatCount(count)} ${noun} in one ${window}`,
          usual:
            windows < 0.5
              ? `none in any ${window} before`
              : `about ${formatCount(Math.round(mean))} in ${window === 'hour' ? 'an hour' : 'a day'} with any`,
          reason:
            windows < 0.5
              ? `the first of all ${window}s known`
              : `${(count / mean).toFixed(1)} times the mean of ${plural(Math.round(windows), window)} with any`,
        }),
      },
    ];
  });
}

/** Others are remembered by the hour; a day of a party has some hours with any. */
const DAY_OF_HOURS = 8;
