import type { ResponsePolicy } from '@portcullis/config';
import { DAY_MS, isoTime } from '@portcullis/event';
import { planReview, proposePlan } from '@portcullis/respond';
import {
  meansPrincipal,
  type PrincipalReview,
  permissionReviewEvent,
  type Usage,
  unusedActions,
} from '@portcullis/review';
import { UsageError } from '../errors.ts';
import type { Desk } from '../revocations/desk.ts';

/** What a principal is to be denied is decided by a person, in a deployment with a response. */
export interface PutForward {
  readonly principal: string;
  /** Services whose data events were logged. */
  readonly dataEvents: ReadonlySet<string>;
}

/**
 * Puts forward that a principal be denied the services that it used nothing of: a proposal in the ledger, which `revocations approve` has
 * put in force. Changes nothing by itself.
 *
 * @returns what to tell
 * @throws {UsageError} where that cannot be proposed, saying why
 */
export async function putForward(
  { principal: wanted, dataEvents }: PutForward,
  reviews: readonly PrincipalReview[],
  usage: Usage,
  { ports }: Pick<Desk, 'ports'>,
  policy: ResponsePolicy,
): Promise<string> {
  const found = reviews.filter(({ principal }) => meansPrincipal(principal, wanted));
  const [one] = found;
  if (one === undefined || found.length > 1)
    throw new UsageError(`--propose: ${found.length} principals are called ${wanted}`);
  if (one.kind !== 'proposed' && one.kind !== 'unused')
    throw new UsageError(`--propose: nothing is proposed for ${wanted}`);
  const event = permissionReviewEvent(one, { mode: 'live', configVersion: 'ledger', baselineVersion: '1' });
  const { actions, leftOut } = unusedActions(one, usage, dataEvents);
  if (event === undefined || one.span === undefined || actions.length === 0) {
    throw new UsageError(
      `--propose: there is no service of which ${wanted} used nothing; put the policies in place instead`,
    );
  }
  const { firstDay, lastDay } = one.span;
  const days = lastDay - firstDay + 1;
  const planned = planReview(
    {
      arn: one.principal.arn,
      name: one.principal.name,
      review: event.detail.metadata.id,
      actions,
      observedTo: (lastDay + 1) * DAY_MS,
      reason: `used nothing of these services in ${days} days up to ${isoTime((lastDay + 1) * DAY_MS).slice(0, 10)}`,
    },
    policy,
    ports.now(),
  );
  if (planned.kind === 'refused') throw new UsageError(`--propose: ${wanted}: ${planned.reason}`);
  await proposePlan(planned.plan, policy, ports);
  const ids = planned.plan.cuts.map(({ id }) => id).join(', ');
  const rest = leftOut.length > 0 ? `; no room was left for ${leftOut.length} services` : '';
  return `${ids}: waits for approval: portcullis revocations approve ${ids}${rest}`;
}
