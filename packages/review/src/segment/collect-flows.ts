import { dayOf, type FlowEvent } from '@portcullis/event';
import { type Cidr, cidrText, contains, isPrivate, parseCidr, widened } from './cidr.ts';
import type { NetworkInterface } from './network-export.ts';
import { openerOf } from './opener.ts';
import { hasPorts } from './rule.ts';

/** What was seen of conversations with one peer. */
export interface PeerUse {
  /** An address, or a block of them where there were too many to tell apart. */
  readonly cidr: Cidr;
  readonly flows: number;
  readonly bytes: number;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly days: ReadonlySet<number>;
}

/** Accepted conversations of one interface over one port, as its own flow log has them. */
export interface PortUse {
  readonly account: string;
  readonly interfaceId: string;
  readonly vpcId: string | undefined;
  /** `in`: the other end opened. `either`: the log does not tell. */
  readonly opened: 'in' | 'out' | 'either';
  readonly protocol: number;
  /** Of this end and of the other: the server's is where the conversation went to. 0 where there are no ports. */
  readonly ownPort: number;
  readonly peerPort: number;
  readonly peers: readonly PeerUse[];
}

/** All that flow logs told of who talks to whom. */
export interface TrafficRecord {
  readonly ports: readonly PortUse[];
  /** Days with any line, by account. */
  readonly days: ReadonlyMap<string, ReadonlySet<number>>;
  /** Interfaces that used more ports than are remembered. */
  readonly overflown: ReadonlySet<string>;
  readonly accepted: number;
  readonly rejected: number;
  /** Accepted flows of which neither end is known to be the interface's: gateways, load balancers of others. */
  readonly unplaced: number;
}

export interface FlowCollector {
  observe(flow: FlowEvent): void;
  record(): TrafficRecord;
}

interface OpenPeer {
  readonly cidr: Cidr;
  flows: number;
  bytes: number;
  readonly days: Set<number>;
}

interface OpenPort extends Omit<PortUse, 'peers'> {
  /** Into `LEVELS`: to how many bits peers are told apart. */
  level: number;
  peers: Map<string, OpenPeer>;
}

/** Peers of a port told apart; beyond, wider and wider blocks are, in the end everybody. */
const MAX_PEERS = 512;
const LEVELS: Readonly<Record<Cidr['family'], readonly number[]>> = { 4: [32, 24, 16, 0], 6: [128, 64, 48, 0] };

/** Ports of an interface; beyond, nothing is said of its groups. */
const MAX_PORTS = 2048;

/**
 * Collects who talks to whom, flow by flow, in any order.
 *
 * @param interfaces - from the exports: which end of a line is the interface's own
 */
export function createFlowCollector(interfaces: readonly NetworkInterface[]): FlowCollector {
  const known = new Map(interfaces.map((one) => [one.id, one]));
  const taken = new Set(interfaces.flatMap(({ addresses }) => addresses.map(cidrText)));
  const blocks = new Map<string, Cidr | undefined>();
  const ports = new Map<string, OpenPort>();
  const portsOf = new Map<string, number>();
  const days = new Map<string, Set<number>>();
  const overflown = new Set<string>();
  const counts = { accepted: 0, rejected: 0, unplaced: 0 };

  function blockOf(address: string): Cidr | undefined {
    if (!blocks.has(address)) {
      if (blocks.size > MAX_BLOCKS) blocks.clear();
      blocks.set(address, parseCidr(address));
    }
    return blocks.get(address);
  }

  /** Whether `from` is the interface's own end; `undefined` where neither is known to be. */
  function ownIsFrom(flow: FlowEvent, from: Cidr, to: Cidr): boolean | undefined {
    const addresses = known.get(flow.interfaceId)?.addresses;
    if (addresses !== undefined) {
      const [source, target] = [from, to].map((end) => addresses.some((own) => contains(own, end)));
      return source === target ? undefined : source;
    }
    if (flow.direction !== undefined) return flow.direction === 'egress';
    if (isPrivate(from) !== isPrivate(to)) return isPrivate(from);
    // The other end is somebody's, so it is not this unknown interface's
    const [fromTaken, toTaken] = [taken.has(cidrText(from)), taken.has(cidrText(to))];
    return fromTaken === toTaken ? undefined : toTaken;
  }

  function portOf(flow: FlowEvent, outward: boolean): OpenPort | undefined {
    const opener = openerOf(flow);
    const opened = opener === 'either' ? 'either' : (opener === 'from') === outward ? 'out' : 'in';
    const [own, peer] = outward ? [flow.from, flow.to] : [flow.to, flow.from];
    const ported = hasPorts(flow.protocol);
    const ownPort = ported && opened !== 'out' ? own.port : 0;
    const peerPort = ported && opened !== 'in' ? peer.port : 0;
    const { account, interfaceId, vpcId, protocol } = flow;
    const key = `${account} ${interfaceId} ${opened} ${protocol} ${ownPort} ${peerPort}`;
    const open = ports.get(key);
    if (open !== undefined) return open;
    const count = portsOf.get(interfaceId) ?? 0;
    if (count >= MAX_PORTS) {
      overflown.add(interfaceId);
      return undefined;
    }
    portsOf.set(interfaceId, count + 1);
    const made = {
      account,
      interfaceId,
      vpcId,
      opened,
      protocol,
      ownPort,
      peerPort,
      level: 0,
      peers: new Map(),
    } as const;
    const port: OpenPort = { ...made };
    ports.set(key, port);
    return port;
  }

  return {
    observe(flow) {
      const day = dayOf(flow.time);
      const seen = days.get(flow.account) ?? new Set();
      days.set(flow.account, seen.add(day));
      if (!flow.accepted) {
        counts.rejected += 1;
        return;
      }
      counts.accepted += 1;
      const [from, to] = [blockOf(flow.from.address), blockOf(flow.to.address)];
      const outward = from && to && ownIsFrom(flow, from, to);
      if (outward === undefined) {
        counts.unplaced += 1;
        return;
      }
      const port = portOf(flow, outward);
      const peer = outward ? to : from;
      if (port !== undefined && peer !== undefined) addPeer(port, peer, flow, day);
    },
    record: () => ({ ports: [...ports.values()].map(closed), days, overflown: new Set(overflown), ...counts }),
  };
}

/** Texts of addresses kept parsed. */
const MAX_BLOCKS = 100_000;

function addPeer(port: OpenPort, address: Cidr, { bytes }: FlowEvent, day: number): void {
  const peer = peerAt(port, address);
  peer.flows += 1;
  peer.bytes += bytes;
  peer.days.add(day);
  // Which level is reached follows from the addresses alone, not from their order
  while (port.peers.size > MAX_PEERS) coarsen(port);
}

function peerAt(port: OpenPort, address: Cidr): OpenPeer {
  const cidr = widened(address, LEVELS[address.family][port.level] ?? 0);
  const key = `${cidr.family} ${cidr.first}`;
  const known = port.peers.get(key);
  if (known !== undefined) return known;
  const peer: OpenPeer = { cidr, flows: 0, bytes: 0, days: new Set() };
  port.peers.set(key, peer);
  return peer;
}

function coarsen(port: OpenPort): void {
  const finer = port.peers;
  port.level += 1;
  port.peers = new Map();
  for (const { cidr, flows, bytes, days } of finer.values()) {
    const peer = peerAt(port, cidr);
    peer.flows += flows;
    peer.bytes += bytes;
    for (const day of days) peer.days.add(day);
  }
}

function closed({ level: _, peers, ...port }: OpenPort): PortUse {
  return {
    ...port,
    peers: [...peers.values()].map(({ cidr, flows, bytes, days }) => ({
      cidr,
      flows,
      bytes,
      days,
      firstDay: Math.min(...days),
      lastDay: Math.max(...days),
    })),
  };
}
