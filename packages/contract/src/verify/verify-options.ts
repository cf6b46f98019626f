import type { EventMode } from '../types.ts';

/**
 * Public keys by key id, from where the consumer trusts them: its own code or settings, never the event.
 *
 * Each as PEM, or as the base64 that `aws kms get-public-key --query PublicKey --output text` prints. Two of them while keys change.
 */
export type PublicKeys = Readonly<Record<string, string>>;

export interface VerifyOptions {
  /** Account that Portcullis is deployed in. EventBridge itself writes it into `account`. */
  readonly publisherAccount: string;
  /** Region that Portcullis is deployed in, where only one is expected. */
  readonly region?: string;
  /** Keys to verify signatures with. `unchecked` trusts everybody who may put events on the bus that the event came from. */
  readonly publicKeys: PublicKeys | 'unchecked';
  /** By the consumer's clock, in milliseconds. */
  readonly now: number;
  /** Age by `producedAt` from which an event is refused; a day where nothing is said. */
  readonly maxAgeMs?: number;
  /** Lanes to accept; only `live` where nothing is said. */
  readonly modes?: readonly EventMode[];
  /**
   * The newest revision that this consumer has dealt with, by `revisionSeries` of the event. Where nothing is given,
   * repetitions and older revisions pass. It is only asked: remember the revision once the work is done, so that what failed can be tried again.
   */
  readonly lastRevision?: (series: string) => number | undefined | Promise<number | undefined>;
}
