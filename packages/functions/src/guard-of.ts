import type { ResponsePolicy } from '@portcullis/config';
import { isoTime } from '@portcullis/event';
import {
  type AlertStore,
  type Guard,
  type GuardFacts,
  listRevocations,
  type PrincipalFacts,
  REVIEW_RULE,
  type ResponsePorts,
} from '@portcullis/respond';

/**
 * Whom nothing may touch, of what a revocation is under way on: as of before the episode of its alert, or before its review.
 *
 * What is not known is not ours: without the alert and its facts, nothing can be put in force.
 */
export async function guardOf(
  { protect }: ResponsePolicy,
  { alert: find, own: ownOf, principalsOf }: AlertStore & GuardFacts,
  { ledger }: Pick<ResponsePorts, 'ledger'>,
): Promise<Guard> {
  const revocations = await listRevocations(ledger);
  const plans = new Map(revocations.map(({ lease: { plan } }) => [plan.alert.id, plan]));
  const principals = new Map<string, PrincipalFacts>();
  let isKnown = false;
  for (const [id, { rule, account, alert }] of plans) {
    const subject =
      rule === REVIEW_RULE ? { account, firstSeen: isoTime(alert.lastSeen) } : (await find(id))?.detail.data;
    if (subject === undefined) continue;
    isKnown = true;
    const known = await principalsOf(subject.account, Date.parse(subject.firstSeen));
    for (const { lease } of revocations) {
      const facts = known.get(lease.cut.target);
      if (lease.plan.alert.id === id && facts !== undefined) principals.set(lease.cut.target, facts);
    }
  }
  const own = isKnown ? await ownOf() : { ownAccounts: new Set<string>(), ownPrincipals: [] };
  return { protect, own, principals };
}
