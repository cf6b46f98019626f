/**
 * Where a call came from.
 *
 * `service`: CloudTrail shows a service name (`lambda.amazonaws.com`) or `AWS Internal` in place of an
 * address. `private`: an address that is not routed on the internet. `unknown`: anything else that
 * is not an address.
 */
export type NetworkKind = 'public' | 'private' | 'service' | 'unknown';

export interface Network {
  readonly kind: NetworkKind;
  /** As CloudTrail wrote it. */
  readonly address: string;
  /** IPv4 /24 or IPv6 /48, in CIDR form; the service name or the text itself where there is no address. */
  readonly prefix: string;
  /** Autonomous system number that announces the address, where known. */
  readonly asn?: number;
  /** Name of that autonomous system, e.g. `AMAZON-02`. */
  readonly owner?: string;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country?: string;
}

/** Looks an address up in reference data; pure, interned, never throws. */
export type NetworkLookup = (address: string) => Network;
