import { valueHash } from '@portcullis/baseline';
import type { TrafficDetector } from './traffic-detector.ts';
import { newTraffic } from './traffic-novelty.ts';

/** Finds known callers that come from another network, or with another program, than they ever did. */
export const credentialMisuse: TrafficDetector = {
  id: 'credential-misuse',
  family: 'where',
  about:
    'A known token holder, role or API key that comes from a network owner, or with a program, that it never came with.',
  blindSpots: [
    'callers that travel, such as people with telephones: each is expected there',
    'use from the network of the owner',
    'programs that say what they are not: the user agent is whatever the caller writes',
    'callers that are new themselves; new-caller looks at those',
  ],
  triage: [
    'Ask the holder whether they moved.',
    'See what the same caller did at the same time from its usual network: nobody is in two places.',
    'Rotate the key, or end the sessions of the token.',
  ],
  remedy: ['Let tokens live minutes, not days.', 'Tie keys of machines to the addresses of those machines.'],
  techniques: ['T1550.001', 'T1528'],
  examine(inHand, knowledge) {
    const { own } = knowledge;
    const isKnown = ({ value }: { readonly value: string }) =>
      own?.features.caller.values.has(valueHash(value.replace(/ (?:from|with) .*$/, ''))) ?? false;
    const shared = { detector: 'credential-misuse', techniques: ['T1550.001'] } as const;
    return [
      ...newTraffic(
        { ...shared, family: 'where', feature: 'caller-network', noun: 'caller', impact: 1.4 },
        inHand,
        knowledge,
        isKnown,
      ),
      ...newTraffic(
        { ...shared, family: 'who-how', feature: 'caller-agent', noun: 'caller', impact: 1.2 },
        inHand,
        knowledge,
        isKnown,
      ),
    ];
  },
};
