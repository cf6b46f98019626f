/**
 * What is remembered about an actor's behaviour. Each event has at most one value per feature, save
 * `grant`, of which it may have several.
 *
 * `action`: IAM action. `network`: address prefix, /24 or /48, or the calling service. `owner`: name of
 * the autonomous system. `grant`: form and reach of power given away, with the grantee where it is
 * outside the account.
 */
export const FEATURES = ['action', 'network', 'owner', 'grant'] as const;

export type Feature = (typeof FEATURES)[number];

/** One `T` per feature, built the same way each time so that objects share a shape. */
export function perFeature<T>(make: (feature: Feature) => T): Record<Feature, T> {
  return { action: make('action'), network: make('network'), owner: make('owner'), grant: make('grant') };
}
