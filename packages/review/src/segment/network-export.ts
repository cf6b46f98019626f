import { ReviewInputError } from '../errors.ts';
import { isObject, type Json, listOf, textOf, textsOf } from '../policy/json.ts';
import { type Cidr, parseCidr } from './cidr.ts';
import { type FunctionPolicy, functionPolicy } from './function-policy.ts';
import { ALL_PROTOCOLS, protocolNumber, type Rule, type RulePeer } from './rule.ts';

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly vpcId: string;
  readonly rules: readonly Rule[];
}

/** A network interface, and which groups it is in. */
export interface NetworkInterface {
  readonly id: string;
  readonly account: string;
  readonly vpcId: string;
  readonly description: string;
  readonly groups: readonly string[];
  /** Private and IPv6 addresses and prefixes of its own; public ones are not what groups look at. */
  readonly addresses: readonly Cidr[];
}

/** What may talk to what, as AWS tells it. */
export interface NetworkExport {
  readonly groups: readonly SecurityGroup[];
  readonly interfaces: readonly NetworkInterface[];
  readonly functions: readonly FunctionPolicy[];
}

/**
 * Reads what `describe-security-groups`, `describe-network-interfaces` and `lambda get-policy` print, told by their content.
 *
 * Of a group told twice the later document counts; interfaces are joined, so that several exports over time know those that came and went.
 *
 * @throws {ReviewInputError} for a document that is none of them
 */
export function readNetworkExport(documents: Iterable<unknown>): NetworkExport {
  const groups = new Map<string, SecurityGroup>();
  const interfaces = new Map<string, NetworkInterface>();
  const functions: FunctionPolicy[] = [];
  for (const document of documents) {
    if (!isObject(document)) throw notOne();
    const { SecurityGroups, NetworkInterfaces, Policy } = document;
    if (Array.isArray(SecurityGroups)) for (const one of groupsOf(SecurityGroups)) groups.set(one.id, one);
    else if (Array.isArray(NetworkInterfaces))
      for (const one of interfacesOf(NetworkInterfaces)) interfaces.set(one.id, one);
    else if (Policy !== undefined) functions.push(functionPolicy(Policy));
    else throw notOne();
  }
  return { groups: [...groups.values()].sort(byId), interfaces: [...interfaces.values()].sort(byId), functions };
}

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : 1;
}

function notOne(): ReviewInputError {
  return new ReviewInputError(
    'expected what describe-security-groups, describe-network-interfaces or lambda get-policy print as JSON',
  );
}

function groupsOf(list: Json): readonly SecurityGroup[] {
  return listOf(list).map((group) => {
    if (!isObject(group) || textOf(group.GroupId) === '')
      throw new ReviewInputError('a security group without GroupId');
    const id = textOf(group.GroupId);
    const rules = (direction: Rule['direction'], permissions: Json | undefined) =>
      listOf(permissions).flatMap((permission) => rulesOf(id, direction, permission));
    return {
      id,
      name: textOf(group.GroupName) || id,
      account: textOf(group.OwnerId),
      vpcId: textOf(group.VpcId),
      rules: [...rules('ingress', group.IpPermissions), ...rules('egress', group.IpPermissionsEgress)],
    };
  });
}

function rulesOf(groupId: string, direction: Rule['direction'], permission: Json): readonly Rule[] {
  if (!isObject(permission)) throw new ReviewInputError(`${groupId}: a permission that is no object`);
  const protocol = protocolNumber(textOf(permission.IpProtocol) || String(permission.IpProtocol));
  if (protocol === undefined) throw new ReviewInputError(`${groupId}: no protocol: ${String(permission.IpProtocol)}`);
  // Of ICMP these are a type and a code, which flow logs do not tell
  const ported = protocol === 6 || protocol === 17;
  const number = (value: Json | undefined, absent: number) =>
    typeof value === 'number' && value >= 0 ? value : absent;
  const fromPort = ported ? number(permission.FromPort, 0) : 0;
  const toPort = ported ? number(permission.ToPort, 65_535) : 65_535;
  const base = { groupId, direction, protocol, fromPort, toPort, written: writtenPorts(permission, protocol) };
  return peersOf(groupId, permission).map(({ peer, description }) => ({ ...base, peer, description }));
}

function writtenPorts(permission: { readonly [name: string]: Json }, protocol: number): Rule['written'] {
  const { FromPort, ToPort } = permission;
  if (protocol === ALL_PROTOCOLS || typeof FromPort !== 'number' || typeof ToPort !== 'number') return undefined;
  return { FromPort, ToPort };
}

function peersOf(
  groupId: string,
  { IpRanges, Ipv6Ranges, UserIdGroupPairs, PrefixListIds }: { readonly [name: string]: Json },
): readonly { readonly peer: RulePeer; readonly description: string }[] {
  const of = (list: Json | undefined, read: (one: { readonly [name: string]: Json }) => RulePeer) =>
    listOf(list).map((one) => {
      if (!isObject(one)) throw new ReviewInputError(`${groupId}: a peer that is no object`);
      return { peer: read(one), description: textOf(one.Description) };
    });
  const cidr = (text: string): RulePeer => {
    const read = text.includes('/') ? parseCidr(text) : undefined;
    if (read === undefined) throw new ReviewInputError(`${groupId}: no CIDR: ${text}`);
    return { kind: 'cidr', cidr: read };
  };
  return [
    ...of(IpRanges, ({ CidrIp }) => cidr(textOf(CidrIp))),
    ...of(Ipv6Ranges, ({ CidrIpv6 }) => cidr(textOf(CidrIpv6))),
    ...of(UserIdGroupPairs, ({ GroupId }) => ({ kind: 'group', groupId: textOf(GroupId) })),
    ...of(PrefixListIds, ({ PrefixListId }) => ({ kind: 'prefix-list', id: textOf(PrefixListId) })),
  ];
}

function interfacesOf(list: Json): readonly NetworkInterface[] {
  return listOf(list).map((one) => {
    if (!isObject(one) || textOf(one.NetworkInterfaceId) === '') {
      throw new ReviewInputError('a network interface without NetworkInterfaceId');
    }
    const of = (values: Json | undefined, name: string) =>
      listOf(values).flatMap((value) => (isObject(value) ? textsOf(value[name]) : []));
    const texts = [
      ...textsOf(one.PrivateIpAddress),
      ...of(one.PrivateIpAddresses, 'PrivateIpAddress'),
      ...of(one.Ipv6Addresses, 'Ipv6Address'),
      ...of(one.Ipv4Prefixes, 'Ipv4Prefix'),
      ...of(one.Ipv6Prefixes, 'Ipv6Prefix'),
    ];
    return {
      id: textOf(one.NetworkInterfaceId),
      account: textOf(one.OwnerId),
      vpcId: textOf(one.VpcId),
      description: textOf(one.Description),
      groups: of(one.Groups, 'GroupId'),
      addresses: [...new Set(texts)].map(parseCidr).filter((cidr) => cidr !== undefined),
    };
  });
}
