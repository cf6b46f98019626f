import type { ActivityEvent, FindingEvent } from '@portcullis/event';
import type { RejectReason, SkipReason } from '../outcome.ts';

/** What a record is when it is no activity: understood but nothing to judge, or not readable. */
export type NotAnEvent =
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  | { readonly kind: 'rejected'; readonly reason: RejectReason; readonly message: string };

/** Tells the two results of normalizing apart; events carry no tag, so that none is allocated for them. */
export function isNotAnEvent(result: ActivityEvent | FindingEvent | NotAnEvent): result is NotAnEvent {
  return 'kind' in result;
}
