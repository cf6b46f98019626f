import type { ResponsePolicy } from '@portcullis/config';
import type { EpochMs } from '@portcullis/event';
import { parseDenyDocument } from '@portcullis/iam';
import type { PlannedCut, ResponsePlan } from './cut.ts';
import { CUT_TRAITS } from './cut-traits.ts';
import { denyActions } from './deny-statements.ts';
import { accountOfArn, type DraftCut, entityOf, restrictionOf, revocationId } from './draft-cut.ts';
import { whyUntouchable } from './never-touch.ts';

/**
 * Names the rule of a plan that no alert led to: a review proposed it, and a person put it forward. No rule of a policy can have this name,
 * since those are kebab-case: what guards a cut is looked up otherwise where there was an alert.
 */
export const REVIEW_RULE = 'portcullis:review';

/** What a principal was granted and did not use. */
export interface ReviewedPrincipal {
  readonly arn: string;
  readonly name: string;
  /** Id of the proposal, as it is published. */
  readonly review: string;
  /** IAM actions and patterns. */
  readonly actions: readonly string[];
  /** End of what was looked at. */
  readonly observedTo: EpochMs;
  /** For people. */
  readonly reason: string;
}

/** A plan, or why there is none. */
export type ReviewPlan =
  | { readonly kind: 'planned'; readonly plan: ResponsePlan }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * What a review found unused, as a cut that waits for a person: a denial that is approved, ends and is taken back like any other.
 *
 * It only denies, so what is granted stays as it was, and taking it back gives all of it back.
 */
export function planReview(
  { arn, name, review, actions, observedTo, reason }: ReviewedPrincipal,
  { protect }: Pick<ResponsePolicy, 'protect'>,
  at: EpochMs,
): ReviewPlan {
  const account = accountOfArn(arn);
  const entity = entityOf(arn);
  if (entity === undefined || entity.kind === 'group') return { kind: 'refused', reason: `${arn} is no role or user` };
  const untouchable = whyUntouchable(arn, undefined, protect, { ownAccounts: new Set([account]), ownPrincipals: [] });
  if (untouchable !== undefined) return { kind: 'refused', reason: untouchable.reason };
  const statements = [denyActions(actions)];
  const parsed = parseDenyDocument({ Version: '2012-10-17', Statement: statements });
  if (parsed.kind !== 'accepted') return { kind: 'refused', reason: parsed.problems.join('; ') };
  const draft: DraftCut = {
    action: 'deny-actions',
    target: arn,
    account,
    actions,
    details: { kind: 'deny-actions', entity, statements },
    reason,
    onlyPerson: true,
  };
  const id = `review-${review}`;
  return {
    kind: 'planned',
    plan: {
      id: `plan-${id}`,
      alert: { id, revision: 1, lastSeen: observedTo },
      account,
      severity: 'LOW',
      actor: { id: `${account}/${entity.kind}/${entity.name}`, kind: entity.kind, arn, name },
      mode: 'approve',
      breadth: 'narrow',
      rule: REVIEW_RULE,
      confirmed: false,
      madeAt: at,
      notBefore: at,
      cuts: [cutOf(draft, id)],
      withheld: [],
      linked: [arn],
    },
  };
}

function cutOf(draft: DraftCut, id: string): PlannedCut {
  const { action, target, account, region, actions, details, reason } = draft;
  const { expiry, reversible } = CUT_TRAITS[action];
  const restriction = restrictionOf(draft);
  const cut = { action, target, account, region, actions, details, reason, expiry, reversible };
  return { ...cut, id: revocationId(id, restriction), restriction, start: 'person' };
}
