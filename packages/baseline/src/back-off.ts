import type { Feature } from './feature.ts';
import type { Group } from './population.ts';

/** Peers beyond this number add no comfort: what a few of a hundred do is still not what one does. */
const MAX_PEERS = 30;

/**
 * How surprising a value is among others, in bits: -log2 of the share of *actors* that ever used it.
 *
 * Backs off from the peers to the account, each weighed by how many actors stand behind it. Users are
 * counted, not uses: one busy actor makes nothing usual (in spirit Kneser-Ney). The actor judged must
 * not have used the value itself, so it is not among the users.
 *
 * @returns bits in [0, about 20]; more for a larger account in which nobody used it
 */
export function surprisalAmongOthers(feature: Feature, hash: number, peers: Group | undefined, account: Group): number {
  const inAccount = ((account.users[feature].get(hash) ?? 0) + 2 / 300) / (account.actors + 2);
  if (peers === undefined || peers.actors === 0) return -Math.log2(inAccount);
  const considered = Math.min(peers.actors, MAX_PEERS);
  const users = ((peers.users[feature].get(hash) ?? 0) / peers.actors) * considered;
  return -Math.log2(Math.min(1, (users + 3 * inAccount) / (considered + 3)));
}
