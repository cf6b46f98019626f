import type { Network, NetworkLookup } from '@portcullis/event';
import { IPV6_BLOCKS } from './ipv6-blocks.ts';
import { NETWORK_BLOCKS, type NetworkBlock } from './network-blocks.ts';

/** Who announces the addresses of the small world: leading octets, autonomous system, owner, country. */
const OWNERS: readonly (readonly [leading: string, asn: number, owner: string, country: string])[] = [
  ['86.', 2856, 'BT-UK-AS', 'GB'],
  ['78.72.', 3301, 'TELIANET-SWEDEN', 'SE'],
  ['79.18.', 3269, 'ASN-IBSNAZ', 'IT'],
  ['85.243.', 3243, 'MEO-RESIDENCIAL', 'PT'],
  ['73.47.', 7922, 'COMCAST-7922', 'US'],
  ['112.204.', 9299, 'IPG-AS-AP', 'PH'],
  ['159.65.', 14061, 'DIGITALOCEAN-ASN', 'US'],
  ['95.216.', 24940, 'HETZNER-AS', 'FI'],
  ['51.75.', 16276, 'OVH', 'FR'],
  ['52.44.', 14618, 'AMAZON-AES', 'US'],
  ...['3.', '34.', '52.210.', '54.74.'].map((leading) => [leading, 16509, 'AMAZON-02', 'IE'] as const),
  ...['20.', '40.', '52.154.', '13.', '4.'].map(
    (leading) => [leading, 8075, 'MICROSOFT-CORP-MSN-AS-BLOCK', 'US'] as const,
  ),
];

type Owner = Pick<NetworkBlock, 'asn' | 'owner' | 'country'>;

/** A lookup that knows the lab's own addresses, so that results do not hang on a release of reference data. */
export function labNetworks(): NetworkLookup {
  const blocks = Map.groupBy(NETWORK_BLOCKS, ({ leading }) => leading);
  const wide = new Map(IPV6_BLOCKS.map((block) => [block.leading, block]));
  return (address) => {
    const [, leading = '', site] = /^([\da-f]+:[\da-f]+):([\da-f]+)(?::[\da-f]+){5}$/.exec(address) ?? [];
    if (site !== undefined)
      return { kind: 'public', address, prefix: `${leading}:${site}::/48`, ...owned(wide.get(leading)) };
    const [, a, b, c] = /^(\d+)\.(\d+)\.(\d+)\.\d+$/.exec(address) ?? [];
    if (c === undefined) return { kind: 'service', address, prefix: address };
    const prefix = `${a}.${b}.${c}.0/24`;
    if (isPrivate(Number(a), Number(b))) return { kind: 'private', address, prefix };
    const block = blocks.get(`${a}.${b}`)?.find(({ third: [from, to] }) => Number(c) >= from && Number(c) <= to);
    return { kind: 'public', address, prefix, ...owned(block ?? ownerByLeadingOctets(address)) };
  };
}

function owned(owner: Owner | undefined): Partial<Network> {
  return owner === undefined ? {} : { asn: owner.asn, owner: owner.owner, country: owner.country };
}

function ownerByLeadingOctets(address: string): Owner | undefined {
  const row = OWNERS.find(([leading]) => address.startsWith(leading));
  return row && { asn: row[1], owner: row[2], country: row[3] };
}

/** RFC 1918. */
function isPrivate(a: number, b: number): boolean {
  return a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168);
}
