import { type Cidr, cidrText, contains } from './cidr.ts';
import type { PeerUse, PortUse, TrafficRecord } from './collect-flows.ts';
import type { NetworkExport, NetworkInterface, SecurityGroup } from './network-export.ts';
import { covers, exposure, type Peer, type Rule } from './rule.ts';

/** Something that was done and has to stay possible: one port, one peer, one set of groups of which any may allow it. */
interface Demand {
  readonly direction: Rule['direction'];
  readonly protocol: number;
  readonly port: number;
  readonly peer: Peer;
  readonly vpcId: string;
  readonly groups: readonly SecurityGroup[];
  readonly use: PeerUse;
}

/** A demand, and the rules that it rests on: `sure` where one opens it, else those of which it cannot be told. */
export interface CarriedDemand extends Demand {
  readonly sure: boolean;
  readonly carriers: readonly Rule[];
}

/** Who has an address, as far as the exports tell: of the same network first. */
export type PeerLookup = (cidr: Cidr, vpcId: string) => NetworkInterface | undefined;

export function peerLookup(interfaces: readonly NetworkInterface[]): PeerLookup {
  const byAddress = new Map<string, NetworkInterface[]>();
  const prefixes: { readonly cidr: Cidr; readonly one: NetworkInterface }[] = [];
  for (const one of interfaces) {
    for (const cidr of one.addresses) {
      const key = cidrText(cidr);
      const there = byAddress.get(key) ?? [];
      there.push(one);
      byAddress.set(key, there);
      if (cidr.bits !== (cidr.family === 4 ? 32 : 128)) prefixes.push({ cidr, one });
    }
  }
  return (cidr, vpcId) => {
    const all = [
      ...(byAddress.get(cidrText(cidr)) ?? []),
      ...prefixes.filter((prefix) => contains(prefix.cidr, cidr)).map(({ one }) => one),
    ];
    // Elsewhere only where it is nobody else's: networks that are not joined may use the same addresses
    return all.find((one) => one.vpcId === vpcId) ?? (all.length === 1 ? all[0] : undefined);
  };
}

/** What the record asks of the groups, and what nothing in them explains. */
export interface Demands {
  readonly carried: readonly CarriedDemand[];
  /** Accepted conversations that no rule allows: the rules were others then. */
  readonly unexplained: number;
  /** Conversations of interfaces that the exports do not know. */
  readonly unknownInterfaces: ReadonlySet<string>;
}

/**
 * Demands of all that was accepted.
 *
 * What an interface did that is gone may have been allowed by any group of its network, so each that could have is asked to go on.
 * A conversation that either end may have opened is asked for both ways, where both are allowed.
 */
export function demandsOf({ ports }: TrafficRecord, { groups, interfaces }: NetworkExport): Demands {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const interfaceOf = new Map(interfaces.map((one) => [one.id, one]));
  const lookup = peerLookup(interfaces);
  const membersOf = memberCounts(interfaces);
  const carried: CarriedDemand[] = [];
  const unknownInterfaces = new Set<string>();
  let unexplained = 0;
  for (const port of ports) {
    const own = interfaceOf.get(port.interfaceId);
    if (own === undefined) unknownInterfaces.add(port.interfaceId);
    const sets = own === undefined ? guestsOf(groups, port) : [own.groups.flatMap((id) => byId.get(id) ?? [])];
    const vpcId = own?.vpcId ?? port.vpcId ?? '';
    for (const use of port.peers) {
      const holder = lookup(use.cidr, vpcId);
      const peer: Peer = { cidr: use.cidr, groups: holder && new Set(holder.groups) };
      let explained = own !== undefined && sets[0]?.length === 0;
      for (const of of sets) {
        for (const direction of directionsOf(port)) {
          const at = direction === 'ingress' ? port.ownPort : port.peerPort;
          const demand = { direction, protocol: port.protocol, port: at, peer, vpcId, groups: of, use };
          const found = carriersOf(
            demand,
            of.flatMap(({ rules }) => rules),
            membersOf,
          );
          if (found === undefined) continue;
          explained = true;
          carried.push({ ...demand, ...found });
        }
      }
      if (!explained && own !== undefined) unexplained += 1;
    }
  }
  return { carried, unexplained, unknownInterfaces };
}

function directionsOf({ opened }: PortUse): readonly Rule['direction'][] {
  if (opened === 'either') return ['ingress', 'egress'];
  return opened === 'in' ? ['ingress'] : ['egress'];
}

function guestsOf(
  groups: readonly SecurityGroup[],
  { account, vpcId }: PortUse,
): readonly (readonly SecurityGroup[])[] {
  return groups
    .filter((group) => (vpcId === undefined ? group.account === account : group.vpcId === vpcId))
    .map((group) => [group]);
}

/** Members of groups as the exports have them. */
export function memberCounts(interfaces: readonly NetworkInterface[]): (groupId: string) => number {
  const counts = new Map<string, number>();
  for (const { groups } of interfaces) for (const id of groups) counts.set(id, (counts.get(id) ?? 0) + 1);
  return (groupId) => counts.get(groupId) ?? 0;
}

/**
 * The rules that allow a demand: the tightest that surely does, else all of which it cannot be told; `undefined` for none.
 *
 * Where nothing else explains it, a reference to a group may: the peer's address may have been another's then.
 */
function carriersOf(
  { direction, protocol, port, peer }: Pick<Demand, 'direction' | 'protocol' | 'port' | 'peer'>,
  rules: readonly Rule[],
  membersOf: (groupId: string) => number,
): { readonly sure: boolean; readonly carriers: readonly Rule[] } | undefined {
  const there = rules.filter((rule) => rule.direction === direction);
  const by = (asked: Peer, covered: 'yes' | 'maybe') =>
    there.filter((rule) => covers(rule, protocol, port, asked) === covered);
  const tightest = by(peer, 'yes').reduce<Rule | undefined>(
    (best, rule) => (best === undefined || exposure(rule, membersOf) < exposure(best, membersOf) ? rule : best),
    undefined,
  );
  if (tightest !== undefined) return { sure: true, carriers: [tightest] };
  const possible = by(peer, 'maybe');
  const unsure = possible.length > 0 ? possible : by({ ...peer, groups: undefined }, 'maybe');
  return unsure.length > 0 ? { sure: false, carriers: unsure } : undefined;
}
