import type { Actor } from './actor.ts';
import type { EpochMs } from './time.ts';

/** How bad a security service calls what it found, on one scale for all of them. */
export type FindingSeverity = 'informational' | 'low' | 'medium' | 'high' | 'critical';

/** One telling of what a security service found: made, and told again with each update. */
export interface FindingEvent {
  readonly source: 'finding';
  /** Names this telling: the finding and the time of its update, so that a copy on another way has the same. */
  readonly id: string;
  /** When the service told it, which may be hours after what it tells of. */
  readonly time: EpochMs;
  readonly account: string;
  readonly region: string;
  /** Whom it is about, as far as the finding itself shows: the actor that CloudTrail tells of, else the account. */
  readonly actor: Actor;
  /** Session of a role, where the finding names one: for functions that of Lambda, which is the function's name. */
  readonly sessionName?: string | undefined;
  /** The finding's own id, the same in every copy. */
  readonly finding: string;
  /** Who found it: `GuardDuty`. */
  readonly product: string;
  /** What was found, in the product's own terms: `CryptoCurrency:EC2/BitcoinTool.B`. */
  readonly type: string;
  readonly severity: FindingSeverity;
}
