import { type Cidr, cidrText, contains, isPrivate, openBits, overlaps } from './cidr.ts';

/** Whom a rule lets in or out to. */
export type RulePeer =
  | { readonly kind: 'cidr'; readonly cidr: Cidr }
  | { readonly kind: 'group'; readonly groupId: string }
  | { readonly kind: 'prefix-list'; readonly id: string };

/** One permission of a security group towards one peer. */
export interface Rule {
  readonly groupId: string;
  readonly direction: 'ingress' | 'egress';
  /** IANA number, or -1 for all. */
  readonly protocol: number;
  /** 0 to 65535 where there are no ports. */
  readonly fromPort: number;
  readonly toPort: number;
  readonly peer: RulePeer;
  readonly description: string;
  /** As AWS has it, where it says any: types of ICMP are no ports. */
  readonly written?: { readonly FromPort: number; readonly ToPort: number } | undefined;
}

export const ALL_PROTOCOLS = -1;

const NUMBERS: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1, icmpv6: 58 };
const NAMES: Readonly<Record<number, string>> = { 6: 'tcp', 17: 'udp', 1: 'icmp', 58: 'icmpv6', [-1]: 'all' };

export function protocolNumber(text: string): number | undefined {
  const known = NUMBERS[text];
  if (known !== undefined) return known;
  return /^(?:-1|\d{1,3})$/.test(text) ? Number(text) : undefined;
}

export function protocolName(protocol: number): string {
  return NAMES[protocol] ?? String(protocol);
}

/** Whoever is at the other end of a conversation. */
export interface Peer {
  /** An address, or a block where there were too many. */
  readonly cidr: Cidr;
  /** Groups of the interface that has the address; `undefined` where none is known. */
  readonly groups: ReadonlySet<string> | undefined;
}

/** `maybe`: it depends on what the exports do not tell. */
export type Covers = 'yes' | 'no' | 'maybe';

/** Whether a rule opens a port to a peer. */
export function covers(rule: Rule, protocol: number, port: number, { cidr, groups }: Peer): Covers {
  if (rule.protocol !== ALL_PROTOCOLS && rule.protocol !== protocol) return 'no';
  if (hasPorts(protocol) && rule.protocol !== ALL_PROTOCOLS && (port < rule.fromPort || port > rule.toPort))
    return 'no';
  switch (rule.peer.kind) {
    case 'cidr':
      if (contains(rule.peer.cidr, cidr)) return 'yes';
      return overlaps(rule.peer.cidr, cidr) ? 'maybe' : 'no';
    case 'group':
      if (groups !== undefined) return groups.has(rule.peer.groupId) ? 'yes' : 'no';
      return isPrivate(cidr) || cidr.bits === 0 ? 'maybe' : 'no';
    case 'prefix-list':
      return 'maybe';
  }
}

export function hasPorts(protocol: number): boolean {
  return protocol === 6 || protocol === 17;
}

/**
 * How much a rule opens; ranks, and means nothing beyond that.
 *
 * Bits of addresses times bits of ports, so that a port range halved is worth as much on the internet as inside a network; twice
 * for letting the internet in. A group counts as its members, a prefix list as a /20.
 */
export function exposure(rule: Rule, membersOf: (groupId: string) => number): number {
  const ports = rule.protocol === ALL_PROTOCOLS ? 20 : 1 + Math.log2(1 + rule.toPort - rule.fromPort);
  return peerExposure(rule, membersOf) * ports;
}

function peerExposure({ peer, direction }: Rule, membersOf: (groupId: string) => number): number {
  switch (peer.kind) {
    case 'cidr': {
      const outside = direction === 'ingress' && !isPrivate(peer.cidr) ? 2 : 1;
      // IPv6 leaves open what nobody can search: counted as if its networks were addresses
      return outside * (1 + (peer.cidr.family === 4 ? openBits(peer.cidr) : openBits(peer.cidr) / 4));
    }
    case 'group':
      return 1 + Math.log2(1 + membersOf(peer.groupId));
    case 'prefix-list':
      return 13;
  }
}

export function peerText(peer: RulePeer, nameOf: (groupId: string) => string = (id) => id): string {
  switch (peer.kind) {
    case 'cidr':
      return cidrText(peer.cidr);
    case 'group':
      return nameOf(peer.groupId);
    case 'prefix-list':
      return peer.id;
  }
}

export function portText({ protocol, fromPort, toPort }: Pick<Rule, 'protocol' | 'fromPort' | 'toPort'>): string {
  if (!hasPorts(protocol)) return protocolName(protocol);
  return `${protocolName(protocol)} ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`;
}
