/**
 * What is remembered about an actor's behavior, each a set of values.
 *
 * - `action`: IAM action; `service`: its service prefix.
 * - `network`: address prefix, /24 or /48, or the calling service; `owner`: name of the autonomous system.
 * - `region`: where the call went.
 * - `product`, `agent`: with what it calls, the program alone and with its surroundings, without versions.
 * - `session`: how the names of its sessions are built.
 * - `data`: what it reads the content of; `target`: what it changes or uses.
 * - `grant`: form and reach of power given away, with the grantee where it is outside the account.
 * - `hour`: UTC hours of the day, and whether it was a weekend.
 */
export const FEATURES = [
  'action',
  'service',
  'network',
  'owner',
  'region',
  'product',
  'agent',
  'session',
  'data',
  'target',
  'grant',
  'hour',
] as const;

export type Feature = (typeof FEATURES)[number];

export interface FeatureBounds {
  /** Values remembered; the least recently seen makes room. Bounds memory against hostile variety. */
  readonly values: number;
  /** Values stored with their text: what alerts show as usual. */
  readonly named: number;
}

export const FEATURE_BOUNDS: Readonly<Record<Feature, FeatureBounds>> = {
  action: { values: 256, named: 6 },
  service: { values: 64, named: 2 },
  network: { values: 96, named: 2 },
  owner: { values: 32, named: 2 },
  region: { values: 32, named: 2 },
  product: { values: 24, named: 2 },
  agent: { values: 32, named: 1 },
  session: { values: 16, named: 1 },
  data: { values: 160, named: 2 },
  target: { values: 160, named: 2 },
  grant: { values: 64, named: 2 },
  hour: { values: 25, named: 0 },
};

/** One `T` per feature, built the same way each time so that objects share a shape. */
export function perFeature<T>(make: (feature: Feature) => T): Record<Feature, T> {
  return {
    action: make('action'),
    service: make('service'),
    network: make('network'),
    owner: make('owner'),
    region: make('region'),
    product: make('product'),
    agent: make('agent'),
    session: make('session'),
    data: make('data'),
    target: make('target'),
    grant: make('grant'),
    hour: make('hour'),
  };
}
