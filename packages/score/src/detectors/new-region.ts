import type { Detector } from '../detector.ts';
import { contextImpact, newValue } from './new-value.ts';

/** With one endpoint for all regions: their calls are logged under one region, whichever the caller works in. */
const GLOBAL_SERVICES = new Set([
  'iam',
  'sts',
  'signin',
  'organizations',
  'account',
  'cloudfront',
  'route53',
  'ce',
  'budgets',
  'support',
  'health',
  'sso',
  'waf',
  'shield',
  'globalaccelerator',
]);

/** Finds calls to a region that the actor never called. */
export const newRegion: Detector = {
  id: 'new-region',
  family: 'where',
  about: 'Calls to an AWS region in which this actor has never called anything.',
  blindSpots: [
    'services with one endpoint for all regions, which log under one of them',
    'regions that the actor visits now and then anyway',
  ],
  triage: [
    'See whether anything was started there: machines and models in an unused region are a classic of stolen credentials.',
    'Ask whether the organization is moving there: others follow within days if so.',
    'Stop what runs there and nobody knows.',
  ],
  remedy: ['Deny regions that the organization does not use by a service control policy (aws:RequestedRegion).'],
  techniques: ['T1535', 'T1496'],
  examine({ delta, novel }, knowledge) {
    if (novel.region.length === 0) return [];
    const impact = contextImpact(delta);
    const traits = {
      detector: 'new-region',
      family: 'where',
      feature: 'region',
      noun: 'region',
      verb: 'called',
      impact,
      techniques: ['T1535'],
    } as const;
    return novel.region
      .filter(({ witnesses }) => !witnesses.every(({ action }) => GLOBAL_SERVICES.has(action.service)))
      .map((sighting) => newValue(sighting, traits, delta, knowledge));
  },
};
