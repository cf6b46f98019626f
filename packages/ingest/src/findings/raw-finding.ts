import type { FindingSeverity } from '@portcullis/event';
import type { NotAnEvent } from '../cloudtrail/not-an-event.ts';
import type { JsonObject } from '../envelopes/json.ts';

/** What all forms of findings have in common; nothing of it trusted yet. */
export interface RawFinding {
  /** Its own id; an ARN for those of AWS. */
  readonly id: unknown;
  readonly updatedAt: unknown;
  readonly account: unknown;
  readonly region: unknown;
  readonly product: unknown;
  readonly type: unknown;
  readonly severity: FindingSeverity | undefined;
  /** Whom it may be about, the surest first. */
  readonly subjects: readonly Subject[];
}

/** Somebody or something that a finding names: a caller in the form of CloudTrail, a function, an instance. */
export type Subject =
  | { readonly kind: 'caller'; readonly identity: JsonObject }
  | { readonly kind: 'function'; readonly arn: unknown }
  | { readonly kind: 'instance'; readonly id: unknown };

/** A form of findings, read; or why what it holds does not count. */
export type ReadForm = RawFinding | NotAnEvent;

export function skipped(reason: Extract<NotAnEvent, { kind: 'skipped' }>['reason']): NotAnEvent {
  return { kind: 'skipped', reason };
}
