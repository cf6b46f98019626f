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
  const leases = (await listRevocations(ledger)).map(({ lease }) => lease);
  const principals = new Map<string, PrincipalFacts>();
  let isKnown = false;
  for (const [id, ofAlert] of Map.groupBy(leases, ({ plan }) => plan.alert.id)) {
    const [first] = ofAlert;
    if (first === undefined) continue;
    const { rule, account, alert } = first.plan;
    const subject =
      rule === REVIEW_RULE ? { account, firstSeen: isoTime(alert.lastSeen) } : (await find(id))?.detail.data;
    if (subject === undefined) continue;
    isKnown = true;
    const known = await principalsOf(subject.account, Date.parse(subject.firstSeen));
    for (const { cut } of ofAlert) {
      const facts = known.get(cut.target);
      if (facts !== undefined) principals.set(cut.target, facts);
    }
  }
  const own = isKnown ? await ownOf() : { ownAccounts: new Set<string>(), ownPrincipals: [] };
  return { protect, own, principals };
}
