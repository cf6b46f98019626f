import type { TrafficDetector } from './traffic-detector.ts';
import { newTraffic } from './traffic-novelty.ts';

/** Finds callers whom an API never answered before. */
export const newCaller: TrafficDetector = {
  id: 'new-caller',
  family: 'who-how',
  about: 'A role, principal or API key that this API never answered before.',
  blindSpots: [
    'APIs that everybody may sign up to: a new caller is nothing there, and gets few bits',
    'callers whom no authorizer names',
    'a known caller in other hands; credential-misuse looks at that',
  ],
  triage: [
    'Say whose it is, and who let it in.',
    'See which routes it asked for, and what it got.',
    'Take its key or grant away if nobody knows it.',
  ],
  remedy: ['Let resource policies and authorizers name the callers of internal APIs.'],
  techniques: ['T1078.004'],
  examine: (inHand, knowledge) =>
    newTraffic(
      {
        detector: 'new-caller',
        family: 'who-how',
        feature: 'caller',
        noun: 'caller',
        impact: 1,
        techniques: ['T1078.004'],
      },
      inHand,
      knowledge,
    ),
};
