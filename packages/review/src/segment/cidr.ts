import { ipv4MappedIn, parseIpv4, parseIpv6 } from '@portcullis/event';

/** A block of addresses: all that share the first `bits` of `first`. */
export interface Cidr {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly bits: number;
}

/** Reads `10.0.0.0/16` or an address alone; host bits are cleared, as EC2 does. `undefined` for anything else. */
export function parseCidr(text: string): Cidr | undefined {
  const [address = '', length, ...more] = text.split('/');
  if (more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const ipv4 = parseIpv4(address);
  const groups = ipv4 < 0 ? parseIpv6(address) : undefined;
  const mapped = groups === undefined ? ipv4 : ipv4MappedIn(groups);
  if (mapped >= 0) return blockOf(4, BigInt(mapped), length === undefined ? 32 : Number(length));
  if (groups === undefined) return undefined;
  const value = groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n);
  return blockOf(6, value, length === undefined ? 128 : Number(length));
}

function blockOf(family: 4 | 6, value: bigint, bits: number): Cidr | undefined {
  const width = widthOf(family);
  if (bits > width) return undefined;
  const free = BigInt(width - bits);
  return { family, first: (value >> free) << free, bits };
}

function widthOf(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}

/** Bits of an address that the block leaves open: 0 for one address, 32 or 128 for everybody. */
export function openBits({ family, bits }: Cidr): number {
  return widthOf(family) - bits;
}

/** The block of so many leading bits that the given one lies in; the given one where it is wider itself. */
export function widened(cidr: Cidr, bits: number): Cidr {
  if (bits >= cidr.bits) return cidr;
  const free = BigInt(widthOf(cidr.family) - bits);
  return { family: cidr.family, first: (cidr.first >> free) << free, bits };
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.family === inner.family && outer.bits <= inner.bits && widened(inner, outer.bits).first === outer.first;
}

export function overlaps(one: Cidr, other: Cidr): boolean {
  return contains(one, other) || contains(other, one);
}

/** What is not routed on the internet (RFC 1918, 6598, 3927, 4193, 4291). */
const PRIVATE = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
]
  .map(parseCidr)
  .filter((cidr) => cidr !== undefined);

export function isPrivate(cidr: Cidr): boolean {
  return PRIVATE.some((range) => contains(range, cidr));
}

/** As EC2 writes it; IPv6 by RFC 5952. */
export function cidrText(cidr: Cidr): string {
  return `${addressText(cidr)}/${cidr.bits}`;
}

export function addressText({ family, first }: Cidr): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((by) => (first >> by) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((first >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  const runs = [...groups.join(':').matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].sort((a, b) => b[0].length - a[0].length);
  const [longest] = runs;
  if (longest === undefined) return groups.join(':');
  const text = groups.join(':');
  const before = text.slice(0, longest.index);
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, '');
  return `${before}::${after}`;
}
