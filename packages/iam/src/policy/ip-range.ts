const V4_BITS = 32;
const V6_BITS = 128;

/** A cut by address is about an attacker's hosts; wider ranges hold bystanders. */
const WIDEST = { [V4_BITS]: 16, [V6_BITS]: 32 } as const;

interface Address {
  readonly bits: typeof V4_BITS | typeof V6_BITS;
  readonly value: bigint;
}

/** A range in CIDR form, no wider than one network: `203.0.113.9/32`, `2001:db8::/64`. */
export function isIpRange(text: string): boolean {
  const range = parseRange(text);
  return range !== undefined && range.length >= WIDEST[range.bits];
}

/** Whether an address lies in a range; `undefined` where either cannot be read. IPv4 is never in IPv6. */
export function isInRange(range: string, address: string): boolean | undefined {
  const wanted = parseRange(range);
  const found = parseAddress(address);
  if (wanted === undefined || found === undefined) return undefined;
  if (wanted.bits !== found.bits) return false;
  const rest = BigInt(wanted.bits - wanted.length);
  return wanted.value >> rest === found.value >> rest;
}

/**
 * The smallest range that still holds an attacker: the address itself, or of IPv6 the /64 that one host owns.
 *
 * @returns `undefined` where the text is no address
 */
export function rangeOfHost(address: string): string | undefined {
  const found = parseAddress(address);
  if (found === undefined) return undefined;
  if (found.bits === V4_BITS) return `${address}/32`;
  const groups = Array.from({ length: 4 }, (_, index) =>
    ((found.value >> BigInt(V6_BITS - 16 * (index + 1))) & 0xffffn).toString(16),
  );
  return `${groups.join(':')}::/64`;
}

function parseRange(text: string): (Address & { readonly length: number }) | undefined {
  const [address = '', length = '', ...more] = text.split('/');
  const parsed = parseAddress(address);
  if (parsed === undefined || more.length > 0 || !/^\d{1,3}$/.test(length) || Number(length) > parsed.bits)
    return undefined;
  return { ...parsed, length: Number(length) };
}

function parseAddress(text: string): Address | undefined {
  if (text.includes(':')) return parseV6(text);
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255))
    return undefined;
  return { bits: V4_BITS, value: octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n) };
}

function parseV6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...(tail ?? [])];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return { bits: V6_BITS, value: groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n) };
}
