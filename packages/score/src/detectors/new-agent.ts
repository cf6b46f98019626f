import type { Detector } from '../detector.ts';
import { contextImpact, newValue } from './new-value.ts';

/** A program never used says more than another platform or language of one that was. */
const PRODUCT_WEIGHT = 1.5;

/** Finds calls made with a program, or with surroundings of one, that the actor never used. */
export const newAgent: Detector = {
  id: 'new-agent',
  family: 'who-how',
  about: 'Calls made with a program, or on a platform, that this actor has never used.',
  blindSpots: [
    'agents are the caller’s own words: whoever knows the usual one can repeat it',
    'updates: versions are left out, so that a new one is no new program',
    'actors that use the same widespread tool as the intruder',
  ],
  triage: [
    'Ask the owner whether they use the program, by another channel than the one in doubt.',
    'For a function or instance role, take a command line tool for a stolen session until shown otherwise.',
    'Look at the address of the same calls: program and network that are both new leave little doubt.',
    'If it is not theirs, revoke the sessions and rotate the key.',
  ],
  remedy: [
    'Replace long-lived access keys by roles; what does not exist cannot leak.',
    'Keep credentials of functions and instances out of environment dumps and logs, and require IMDSv2.',
  ],
  techniques: ['T1078.004', 'T1550.001', 'T1552.005'],
  examine({ delta, novel }, knowledge) {
    if (novel.product.length === 0 && novel.agent.length === 0) return [];
    const shared = { detector: 'new-agent', family: 'who-how', verb: 'used' } as const;
    const impact = contextImpact(delta);
    return [
      ...novel.product.map((sighting) => {
        const traits = { ...shared, feature: 'product', noun: 'program', impact: impact * PRODUCT_WEIGHT } as const;
        return newValue(sighting, traits, delta, knowledge);
      }),
      ...novel.agent.map((sighting) =>
        newValue(sighting, { ...shared, feature: 'agent', noun: 'agent', impact }, delta, knowledge),
      ),
    ];
  },
};
