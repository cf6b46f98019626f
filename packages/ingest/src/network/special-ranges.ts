import { parseIpv4 } from '@portcullis/event';

/**
 * `private`: not routed on the internet. `example`: set aside for documentation and tests; it stands
 * for a public address, but nobody owns it, whatever the sources say. `public`: all else, reserved and
 * unassigned space included.
 */
export type AddressRange = 'private' | 'example' | 'public';

/** From the IANA special-purpose address registries (RFC 6890). */
const IPV4: readonly Block[] = [
  ipv4Block('private', '0.0.0.0', 8), // RFC 791, this network
  ipv4Block('private', '10.0.0.0', 8), // RFC 1918
  ipv4Block('private', '100.64.0.0', 10), // RFC 6598, carrier-grade NAT
  ipv4Block('private', '127.0.0.0', 8), // RFC 1122, loopback
  ipv4Block('private', '169.254.0.0', 16), // RFC 3927, link-local
  ipv4Block('private', '172.16.0.0', 12), // RFC 1918
  ipv4Block('private', '192.168.0.0', 16), // RFC 1918
  ipv4Block('private', '224.0.0.0', 4), // RFC 5771, multicast
  ipv4Block('private', '255.255.255.255', 32), // RFC 8190, limited broadcast
  ipv4Block('example', '192.0.2.0', 24), // RFC 5737
  ipv4Block('example', '198.18.0.0', 15), // RFC 2544, benchmarks
  ipv4Block('example', '198.51.100.0', 24), // RFC 5737
  ipv4Block('example', '203.0.113.0', 24), // RFC 5737
];

/** By the first 32 bits. */
const IPV6: readonly Block[] = [
  block('private', 0xfc000000, 7), // RFC 4193, unique local
  block('private', 0xfe800000, 10), // RFC 4291, link-local
  block('private', 0xff000000, 8), // RFC 4291, multicast
  block('example', 0x20010db8, 32), // RFC 3849
  block('example', 0x3fff0000, 20), // RFC 9637
];

export function ipv4Range(address: number): AddressRange {
  return rangeIn(IPV4, address);
}

export function ipv6Range(groups: readonly number[]): AddressRange {
  const [high = 0, low = 0] = groups;
  // RFC 4291: `::` is no address yet, `::1` is loopback
  if (groups.every((group, at) => group <= (at === 7 ? 1 : 0))) return 'private';
  return rangeIn(IPV6, high * 0x10000 + low);
}

interface Block {
  readonly range: AddressRange;
  readonly first: number;
  readonly last: number;
}

function ipv4Block(range: AddressRange, address: string, prefixBits: number): Block {
  return block(range, parseIpv4(address), prefixBits);
}

function block(range: AddressRange, first: number, prefixBits: number): Block {
  return { range, first, last: first + 2 ** (32 - prefixBits) - 1 };
}

function rangeIn(blocks: readonly Block[], address: number): AddressRange {
  for (const { range, first, last } of blocks) if (first <= address && address <= last) return range;
  return 'public';
}
