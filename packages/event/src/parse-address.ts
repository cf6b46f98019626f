const DOT = 46;
const ZERO = 48;

/** RFC 4291, section 2.2: eight groups of four digits, the last two as an IPv4 address. */
const LONGEST_IPV6 = 45;

const GROUP = /^[0-9a-f]{1,4}$/i;

/**
 * Reads a dotted quad as an unsigned 32-bit number; -1 for all else.
 *
 * Leading zeros are refused: `010.0.0.1` is 8.0.0.1 to programs that take it for octal (RFC 6943,
 * section 3.1.1).
 */
export function parseIpv4(text: string): number {
  let address = 0;
  let dots = 0;
  let octet = -1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === DOT) {
      if (octet < 0) return -1;
      address = address * 256 + octet;
      octet = -1;
      dots += 1;
    } else {
      const digit = code - ZERO;
      if (digit < 0 || digit > 9 || octet === 0) return -1;
      octet = octet < 0 ? digit : octet * 10 + digit;
      if (octet > 255 || dots > 3) return -1;
    }
  }
  return dots === 3 && octet >= 0 ? address * 256 + octet : -1;
}

/** Reads any of the forms of RFC 4291, section 2.2, as eight 16-bit groups. A zone (`%eth0`) is refused. */
export function parseIpv6(text: string): readonly number[] | undefined {
  if (text.length > LONGEST_IPV6) return undefined;
  const [before = '', after, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const head = groupsOf(before, after === undefined);
  const tail = groupsOf(after ?? '', true);
  if (head === undefined || tail === undefined) return undefined;
  const omitted = 8 - head.length - tail.length;
  if (after === undefined ? omitted !== 0 : omitted < 1) return undefined;
  return [...head, ...new Array<number>(omitted).fill(0), ...tail];
}

/** The IPv4 address inside `::ffff:1.2.3.4` (RFC 4291, section 2.5.5.2), or -1. */
export function ipv4MappedIn(groups: readonly number[]): number {
  const [a, b, c, d, e, marker, high = 0, low = 0] = groups;
  const mapped = a === 0 && b === 0 && c === 0 && d === 0 && e === 0 && marker === 0xffff;
  return mapped ? high * 0x10000 + low : -1;
}

function groupsOf(text: string, last: boolean): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: number[] = [];
  for (const [at, part] of parts.entries()) {
    if (GROUP.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const ipv4 = last && at === parts.length - 1 ? parseIpv4(part) : -1;
    if (ipv4 < 0) return undefined;
    groups.push(ipv4 >>> 16, ipv4 & 0xffff);
  }
  return groups;
}
