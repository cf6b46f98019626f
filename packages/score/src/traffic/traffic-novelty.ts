import {
  newTrafficPerDay,
  newTrafficValues,
  shareAsRare,
  type TrafficFeature,
  type TrafficSighting,
  trafficSurprisal,
} from '@portcullis/baseline';
import type { Candidate, DetectorId, Family } from '../detector.ts';
import { bitsOfAtLeastOne } from '../novelty.ts';
import { plural } from '../usual.ts';
import type { TrafficInHand, TrafficKnowledge } from './traffic-detector.ts';

/** What detectors of first-time values differ in. */
interface NewTraffic {
  readonly detector: DetectorId;
  readonly family: Family;
  readonly feature: TrafficFeature;
  readonly noun: string;
  readonly impact: number;
  readonly techniques: readonly string[];
}

/** Days that the learning curve of others weighs like against the party's own. */
const CURVE_DAYS = 2;

/** Candidates for values that a party never showed, by the model of actors: how many new ones it shows a day, how rare among others. */
export function newTraffic(
  traits: NewTraffic,
  { hour }: TrafficInHand,
  { own, others }: TrafficKnowledge,
  concerns: (sighting: TrafficSighting) => boolean = () => true,
): readonly Candidate[] {
  if (own === undefined) return [];
  const { feature, detector, family, noun, impact, techniques } = traits;
  const { values, fadedNew } = own.features[feature];
  const perDay =
    (CURVE_DAYS * newTrafficPerDay(others, feature, own.activeDays) + fadedNew) / (CURVE_DAYS + own.fadedDays);
  return newTrafficValues(own, hour, feature)
    .filter(concerns)
    .map((sighting) => {
      const { value, hash, first, last, count, witnesses } = sighting;
      const share = shareAsRare(others, feature, trafficSurprisal(others, feature, hash));
      const users = others.users.get(feature)?.get(hash) ?? 0;
      return {
        channel: `${detector}/${feature}`,
        detector,
        family,
        value: `${noun} ${value}`,
        bits: bitsOfAtLeastOne(perDay * share),
        impact,
        techniques,
        first,
        last,
        count,
        witnesses,
        always: false,
        tell: () => ({
          observed: `${noun} ${value}`,
          usual: `${plural(values.size, 'other')} on ${plural(own.activeDays, 'active day')}`,
          reason: `never before, and by ${users === 0 ? 'none' : users} of ${plural(others.parties, 'other')} of its kind`,
        }),
      };
    });
}
