import type { NetworkLookup } from '@portcullis/event';
import { addressText, type Cidr, cidrText, isPrivate, widened } from './cidr.ts';
import type { PortUse, TrafficRecord } from './collect-flows.ts';
import { peerLookup } from './demand.ts';
import type { NetworkExport, NetworkInterface } from './network-export.ts';
import { protocolName } from './rule.ts';

/** One end of the graph: a security group, a network of nobody's we know, or an owner on the internet. */
export interface GraphParty {
  readonly id: string;
  readonly name: string;
  readonly kind: 'group' | 'interface' | 'network' | 'internet';
}

/** Who opened connections to whom, over which port. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** `tcp 443`. */
  readonly port: string;
  /** Both ways; of a conversation that both ends logged, what one of them did. */
  readonly bytes: number;
  readonly flows: number;
  readonly days: number;
  readonly lastDay: number;
  /** The log does not tell who opened; `from` is the end whose log it is. */
  readonly unsure: boolean;
}

export interface TrafficGraph {
  readonly parties: readonly GraphParty[];
  /** Those that carried most first. */
  readonly edges: readonly GraphEdge[];
}

interface Tally {
  bytes: number;
  flows: number;
}

interface OpenEdge {
  readonly from: GraphParty;
  readonly to: GraphParty;
  readonly port: string;
  readonly unsure: boolean;
  /** As the logs of either end have it. */
  readonly told: Readonly<Record<'in' | 'out', Tally>>;
  readonly days: Set<number>;
}

/** Draws together who talks to whom: interfaces by their groups, the internet by who owns the network. */
export function trafficGraph(record: TrafficRecord, network: NetworkExport, lookup: NetworkLookup): TrafficGraph {
  const interfaces = new Map(network.interfaces.map((one) => [one.id, one]));
  const names = new Map(network.groups.map(({ id, name }) => [id, name]));
  const holder = peerLookup(network.interfaces);
  const open = new Map<string, OpenEdge>();
  for (const port of record.ports) {
    const own = interfaces.get(port.interfaceId);
    const party = own === undefined ? interfaceParty(port.interfaceId) : partyOf(own, names);
    for (const use of port.peers) {
      const there = holder(use.cidr, own?.vpcId ?? port.vpcId ?? '');
      const peer = there === undefined ? peerParty(use.cidr, lookup) : partyOf(there, names);
      const [from, to] = port.opened === 'in' ? [peer, party] : [party, peer];
      const edge = edgeAt(open, from, to, portOf(port), port.opened === 'either');
      const tally = edge.told[port.opened === 'in' ? 'in' : 'out'];
      tally.bytes += use.bytes;
      tally.flows += use.flows;
      for (const day of use.days) edge.days.add(day);
    }
  }
  const edges = [...open.values()].map(({ from, to, port, unsure, told, days }): GraphEdge => {
    const most = told.in.bytes > told.out.bytes ? told.in : told.out;
    return { from: from.id, to: to.id, port, unsure, ...most, days: days.size, lastDay: Math.max(...days) };
  });
  const parties = new Map([...open.values()].flatMap(({ from, to }) => [from, to]).map((one) => [one.id, one]));
  const key = ({ from, to, port }: GraphEdge) => `${from} ${to} ${port}`;
  return {
    parties: [...parties.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    edges: edges.sort((a, b) => b.bytes - a.bytes || (key(a) < key(b) ? -1 : 1)),
  };
}

function edgeAt(
  open: Map<string, OpenEdge>,
  from: GraphParty,
  to: GraphParty,
  port: string,
  unsure: boolean,
): OpenEdge {
  const key = `${from.id} ${to.id} ${port} ${unsure}`;
  const known = open.get(key);
  if (known !== undefined) return known;
  const told = { in: { bytes: 0, flows: 0 }, out: { bytes: 0, flows: 0 } };
  const edge: OpenEdge = { from, to, port, unsure, told, days: new Set() };
  open.set(key, edge);
  return edge;
}

function portOf({ protocol, opened, ownPort, peerPort }: PortUse): string {
  if (protocol !== 6 && protocol !== 17) return protocolName(protocol);
  return `${protocolName(protocol)} ${opened === 'either' ? Math.min(ownPort, peerPort) : ownPort + peerPort}`;
}

function interfaceParty(id: string): GraphParty {
  return { id, name: id, kind: 'interface' };
}

function partyOf({ id, groups }: NetworkInterface, names: ReadonlyMap<string, string>): GraphParty {
  if (groups.length === 0) return interfaceParty(id);
  const sorted = [...groups].sort();
  return { id: sorted.join(' '), name: sorted.map((one) => names.get(one) ?? one).join(', '), kind: 'group' };
}

function peerParty(cidr: Cidr, lookup: NetworkLookup): GraphParty {
  if (cidr.bits === 0) return { id: 'anywhere', name: 'anywhere', kind: 'internet' };
  if (isPrivate(cidr)) {
    const block = cidrText(widened(cidr, cidr.family === 4 ? 24 : 64));
    return { id: block, name: block, kind: 'network' };
  }
  const { owner, country } = lookup(addressText(cidr));
  const name = owner ?? (country === undefined ? 'internet' : `internet (${country})`);
  return { id: `internet ${name}`, name, kind: 'internet' };
}
