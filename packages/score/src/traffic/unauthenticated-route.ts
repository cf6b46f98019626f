import type { Candidate } from '../detector.ts';
import { plural } from '../usual.ts';
import type { TrafficDetector } from './traffic-detector.ts';

/** Finds routes that answer strangers where they only ever answered callers with a name. */
export const unauthenticatedRoute: TrafficDetector = {
  id: 'unauthenticated-route',
  family: 'what',
  about:
    'A request without any caller that was answered with success by a route which so far answered only callers with a name.',
  blindSpots: [
    'routes that always answered anybody',
    'authorizers that name nobody: their callers look like strangers all along',
    'new routes, of which nothing is known',
  ],
  triage: [
    'See who changed the route, the authorizer or the stage, and when: CloudTrail has apigateway:PATCH and :PUT.',
    'Put the authorizer back.',
    'List what was answered to strangers since.',
  ],
  remedy: [
    'Deny changes of authorizers to all but the pipeline.',
    'Let the code behind the route check who asks, too.',
  ],
  techniques: ['T1556', 'T1190'],
  examine({ hour }, { own }) {
    if (own === undefined) return [];
    return hour.values.open.flatMap((sighting): Candidate[] => {
      const { value, hash, first, last, count, witnesses } = sighting;
      const guarded = own.features.guarded.values.countOf(hash);
      const open = own.features.open.values.countOf(hash);
      // Rule of succession of Krichevsky and Trofimov: how likely the next one is a stranger
      const bits = -Math.log2((open + 0.5) / (guarded + open + 1));
      if (guarded === 0 || bits <= 0) return [];
      return [
        {
          channel: 'unauthenticated-route/open',
          detector: 'unauthenticated-route',
          family: 'what',
          value: value,
          bits,
          impact: 1.8,
          techniques: ['T1556'],
          first,
          last,
          count,
          witnesses,
          always: false,
          tell: () => ({
            observed: `${value} answered ${plural(count, 'request')} without a caller`,
            usual: `${plural(guarded, 'request')} by callers with a name, ${open === 0 ? 'none' : open} without`,
            reason: 'it used to ask who calls',
          }),
        },
      ];
    });
  },
};
