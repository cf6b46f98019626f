import type { ResponsePolicy } from '@portcullis/config';
import { isoTime } from '@portcullis/event';
import {
  type Guard,
  listRevocations,
  type PrincipalFacts,
  REVIEW_RULE,
  type ResponsePorts,
  type ResponseStores,
} from '@portcullis/respond';

/**
 * Whom nothing may touch, from the facts of all alerts and reviews that have a revocation under way.
 *
 * What is not known is not ours: without facts, nothing can be put in force.
 */
export async function guardOf(
  { protect }: ResponsePolicy,
  stores: Pick<ResponseStores, 'alert' | 'factsFor'>,
  { ledger }: Pick<ResponsePorts, 'ledger'>,
): Promise<Guard> {
  const plans = new Map((await listRevocations(ledger)).map(({ lease: { plan } }) => [plan.alert.id, plan]));
  const principals = new Map<string, PrincipalFacts>();
  const ownAccounts = new Set<string>();
  const ownPrincipals = new Set<string>();
  for (const [id, { rule, account, actor, alert }] of plans) {
    const subject =
      rule === REVIEW_RULE
        ? { account, actor, firstSeen: isoTime(alert.lastSeen) }
        : (await stores.alert(id))?.detail.data;
    if (subject === undefined) continue;
    const facts = await stores.factsFor(subject, []);
    for (const [arn, known] of facts.principals) principals.set(arn, known);
    for (const account of facts.ownAccounts) ownAccounts.add(account);
    for (const own of facts.ownPrincipals) ownPrincipals.add(own);
  }
  return { protect, own: { ownAccounts, ownPrincipals: [...ownPrincipals] }, principals };
}
