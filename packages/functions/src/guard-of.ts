import type { ResponsePolicy } from '@portcullis/config';
import {
  type Guard,
  listRevocations,
  type PrincipalFacts,
  type ResponsePorts,
  type ResponseStores,
} from '@portcullis/respond';

/**
 * Whom nothing may touch, from the facts of all alerts that have a revocation under way.
 *
 * What is not known is not ours: without facts, nothing can be put in force.
 */
export async function guardOf(
  { protect }: ResponsePolicy,
  stores: Pick<ResponseStores, 'alert' | 'factsFor'>,
  { ledger }: Pick<ResponsePorts, 'ledger'>,
): Promise<Guard> {
  const alerts = new Set((await listRevocations(ledger)).map(({ lease }) => lease.plan.alert.id));
  const principals = new Map<string, PrincipalFacts>();
  const ownAccounts = new Set<string>();
  const ownPrincipals = new Set<string>();
  for (const id of alerts) {
    const alert = await stores.alert(id);
    if (alert === undefined) continue;
    const facts = await stores.factsFor(alert, []);
    for (const [arn, known] of facts.principals) principals.set(arn, known);
    for (const account of facts.ownAccounts) ownAccounts.add(account);
    for (const own of facts.ownPrincipals) ownPrincipals.add(own);
  }
  return { protect, own: { ownAccounts, ownPrincipals: [...ownPrincipals] }, principals };
}
