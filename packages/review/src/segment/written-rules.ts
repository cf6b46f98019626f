import type { Json } from '../policy/json.ts';
import { cidrText } from './cidr.ts';
import { ALL_PROTOCOLS, hasPorts, protocolName, type Rule } from './rule.ts';

/** Rules as `IpPermissions`: what `ec2 authorize-security-group-ingress`, `-egress` and `revoke-…` take. */
export function permissionsOf(rules: readonly Rule[]): readonly Json[] {
  return rules.map((rule) => ({
    IpProtocol: rule.protocol === ALL_PROTOCOLS ? '-1' : protocolName(rule.protocol),
    ...(hasPorts(rule.protocol) ? { FromPort: rule.fromPort, ToPort: rule.toPort } : rule.written),
    ...writtenPeer(rule),
  }));
}

function writtenPeer({ peer, description }: Rule): { readonly [name: string]: Json } {
  const said = description === '' ? {} : { Description: description };
  switch (peer.kind) {
    case 'cidr':
      return peer.cidr.family === 4
        ? { IpRanges: [{ CidrIp: cidrText(peer.cidr), ...said }] }
        : { Ipv6Ranges: [{ CidrIpv6: cidrText(peer.cidr), ...said }] };
    case 'group':
      return { UserIdGroupPairs: [{ GroupId: peer.groupId, ...said }] };
    case 'prefix-list':
      return { PrefixListIds: [{ PrefixListId: peer.id, ...said }] };
  }
}
