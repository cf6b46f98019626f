import type { Network, NetworkLookup } from '@portcullis/event';

/** Who announces the addresses of `networks.ts`: leading octets, autonomous system, owner, country. */
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

/** A lookup that knows the lab's own addresses, so that results do not hang on a release of reference data. */
export function labNetworks(): NetworkLookup {
  const known = new Map<string, Network>();
  return (address) => {
    const network = known.get(address) ?? lookUp(address);
    known.set(address, network);
    return network;
  };
}

function lookUp(address: string): Network {
  const octets = /^(\d+\.\d+\.\d+)\.\d+$/.exec(address);
  if (octets === null) return { kind: 'service', address, prefix: address };
  const [, asn, owner, country] = OWNERS.find(([leading]) => address.startsWith(leading)) ?? [];
  return {
    kind: 'public',
    address,
    prefix: `${octets[1]}.0/24`,
    ...(asn !== undefined && { asn }),
    ...(owner !== undefined && { owner }),
    ...(country !== undefined && { country }),
  };
}
