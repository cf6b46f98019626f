import { type Cidr, cidrText, contains, isPrivate, widened } from './cidr.ts';
import type { CarriedDemand } from './demand.ts';
import type { NetworkInterface } from './network-export.ts';
import type { Rule, RulePeer } from './rule.ts';

/** What is known beside the rule and its traffic. */
export interface NarrowContext {
  readonly vpcId: string;
  /** Members of a group of the same network, by its id. */
  readonly members: ReadonlyMap<string, readonly NetworkInterface[]>;
  /** Day after which nothing new may have shown for a list to be taken as complete. */
  readonly settledBy: number;
}

/** Narrower blocks than these are never proposed, unless the rule has one: single addresses come and go. */
const INSIDE: Readonly<Record<Cidr['family'], readonly number[]>> = { 4: [24, 20, 16], 6: [64, 56, 48] };
const OUTSIDE: Readonly<Record<Cidr['family'], readonly number[]>> = { 4: [24], 6: [48] };

/** Blocks of one rule; more would be a list of addresses, not a rule. */
const MAX_BLOCKS = 8;
/** A group stands for a few peers only where it has not many more members. */
const MIN_MEMBERS = 16;
const MEMBERS_PER_PEER = 4;

/**
 * The narrowest peers that still cover who was there: groups where their members are known, else blocks of networks.
 *
 * A list is proposed only if it was complete by half of the record: whatever came after lies within what was known before. Else the next wider
 * blocks are tried, and in the end the rule keeps whom it has. Never wider than the rule: blocks end where it ends, and a group is named only
 * if all its members are inside.
 */
export function narrowPeers(
  rule: Rule,
  demands: readonly CarriedDemand[],
  context: NarrowContext,
): readonly RulePeer[] {
  const whole = [rule.peer];
  if (rule.peer.kind !== 'cidr' || demands.some(({ sure }) => !sure)) return whole;
  const { cidr } = rule.peer;
  const inside = demands.filter(({ peer }) => isPrivate(peer.cidr));
  const outside = demands.filter(({ peer }) => !isPrivate(peer.cidr));
  const within =
    inside.length === 0 ? [] : (groupPeers(cidr, inside, context) ?? blockPeers(cidr, inside, INSIDE, context));
  const beyond = outside.length === 0 ? [] : blockPeers(cidr, outside, OUTSIDE, context);
  return within === undefined || beyond === undefined ? whole : [...within, ...beyond];
}

function groupPeers(
  cidr: Cidr,
  demands: readonly CarriedDemand[],
  { members, settledBy }: NarrowContext,
): readonly RulePeer[] | undefined {
  const fits = (groupId: string) => {
    const those = members.get(groupId);
    return those?.every(({ addresses }) => addresses.every((one) => one.family !== cidr.family || contains(cidr, one)));
  };
  const chosen = new Set<string>();
  let open = demands;
  while (open.length > 0) {
    const reached = new Map<string, Set<string>>();
    for (const { peer } of open) {
      for (const id of peer.groups ?? [])
        if (fits(id)) reached.set(id, (reached.get(id) ?? new Set()).add(cidrText(peer.cidr)));
    }
    const size = (id: string) => members.get(id)?.length ?? 0;
    const [best] = [...reached]
      .filter(([id, peers]) => size(id) <= Math.max(MIN_MEMBERS, MEMBERS_PER_PEER * peers.size))
      .sort(([a, x], [b, y]) => y.size - x.size || size(a) - size(b) || (a < b ? -1 : 1));
    if (best === undefined || chosen.size >= MAX_BLOCKS) return undefined;
    chosen.add(best[0]);
    open = open.filter(({ peer }) => !peer.groups?.has(best[0]));
  }
  const early = demands.filter(({ use }) => use.firstDay <= settledBy);
  // A group that only the second half has shows that others may follow
  const settled = [...chosen].every((id) => early.some(({ peer }) => peer.groups?.has(id)));
  return settled ? [...chosen].sort().map((groupId) => ({ kind: 'group', groupId })) : undefined;
}

function blockPeers(
  cidr: Cidr,
  demands: readonly CarriedDemand[],
  levels: Readonly<Record<Cidr['family'], readonly number[]>>,
  { settledBy }: NarrowContext,
): readonly RulePeer[] | undefined {
  for (const bits of levels[cidr.family]) {
    if (bits <= cidr.bits) return undefined;
    if (demands.some(({ peer }) => peer.cidr.bits < bits)) continue;
    const early = new Map<string, Cidr>();
    for (const { peer, use } of demands) {
      if (use.firstDay > settledBy) continue;
      const block = widened(peer.cidr, bits);
      early.set(cidrText(block), block);
    }
    if (early.size === 0 || early.size > MAX_BLOCKS) continue;
    if (demands.some(({ peer }) => !early.has(cidrText(widened(peer.cidr, bits))))) continue;
    return [...early.values()]
      .sort((a, b) => (a.first < b.first ? -1 : 1))
      .map((block) => ({ kind: 'cidr', cidr: block }));
  }
  return undefined;
}
