import type { Network, NetworkLookup } from '@portcullis/event';
import ipaddr from 'ipaddr.js';
import { type NetworkOwner, openTable } from './network/network-table.ts';

/** Addresses remembered per generation: the busy ones of a large account, some 10 MB. */
const MAX_REMEMBERED = 32_768;

/** Longest text kept of what is not an address. */
const MAX_TEXT = 128;

/** RFC 4291 writes an IPv6 address in at most 45 characters. */
const MAX_ADDRESS = 45;

/** CloudTrail's way of saying that a service called: its DNS name, or this. */
const SERVICE = /^(?:AWS Internal|[a-z0-9.-]+\.(?:amazonaws\.com(?:\.cn)?|aws\.internal|amazon\.com))$/i;

/** Ranges that are not routed on the internet, by the names of ipaddr.js. */
const PRIVATE_RANGES = new Set([
  'private',
  'loopback',
  'linkLocal',
  'carrierGradeNat',
  'uniqueLocal',
  'unspecified',
  'broadcast',
  'multicast',
]);

const NO_OWNER: NetworkOwner = { asn: undefined, owner: undefined, country: undefined };

/**
 * Opens the compiled table for looking addresses up.
 *
 * A lookup never throws, whatever CloudTrail wrote. Reserved ranges that AWS never routes, such as
 * those for documentation, count as public networks of no known owner.
 *
 * @throws NetworkTableError where the bytes are not a table of this version
 */
export function openNetworkTable(bytes: Uint8Array): NetworkLookup {
  const table = openTable(bytes);
  return remembering((text) =>
    describe(
      text,
      (address) => table.ipv4(address),
      (high, low) => table.ipv6(high, low),
    ),
  );
}

/** Kind and prefix only, for where no table is at hand. */
export const lookupWithoutData: NetworkLookup = remembering((text) =>
  describe(
    text,
    () => NO_OWNER,
    () => NO_OWNER,
  ),
);

function describe(
  text: string,
  ownerOfIpv4: (address: number) => NetworkOwner,
  ownerOfIpv6: (high: number, low: number) => NetworkOwner,
): Network {
  const address = text.slice(0, MAX_TEXT);
  const parsed = parse(text);
  if (parsed === undefined) {
    const kind = SERVICE.test(address) ? 'service' : 'unknown';
    return {
      kind,
      address,
      prefix: kind === 'service' && address !== 'AWS Internal' ? address.toLowerCase() : address,
    };
  }
  const kind = PRIVATE_RANGES.has(parsed.range()) ? 'private' : 'public';
  if (parsed instanceof ipaddr.IPv4) {
    const [a = 0, b = 0, c = 0, d = 0] = parsed.octets;
    const known = kind === 'public' ? ownerOfIpv4(((a << 24) | (b << 16) | (c << 8) | d) >>> 0) : NO_OWNER;
    return network(kind, address, `${a}.${b}.${c}.0/24`, known);
  }
  const [a = 0, b = 0, c = 0] = parsed.parts;
  const known = kind === 'public' ? ownerOfIpv6(((a << 16) | b) >>> 0, c) : NO_OWNER;
  return network(kind, address, `${new ipaddr.IPv6([a, b, c, 0, 0, 0, 0, 0])}/48`, known);
}

/** Strict: `10.1`, `0x0a000001` and leading zeros are addresses to some programs, not to CloudTrail. */
function parse(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (text.length > MAX_ADDRESS) return undefined;
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (!ipaddr.IPv6.isValid(text) || text.includes('%')) return undefined;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

function network(kind: Network['kind'], address: string, prefix: string, known: NetworkOwner): Network {
  const { asn, owner, country } = known;
  return {
    kind,
    address,
    prefix,
    ...(asn === undefined ? {} : { asn }),
    ...(owner === undefined ? {} : { owner }),
    ...(country === undefined ? {} : { country }),
  };
}

/** Two generations: a full one is set aside and forgotten when the next is full, so busy addresses stay. */
function remembering(look: (text: string) => Network): NetworkLookup {
  let young = new Map<string, Network>();
  let old = new Map<string, Network>();
  return (text) => {
    const known = young.get(text);
    if (known !== undefined) return known;
    const network = old.get(text) ?? look(text);
    if (text.length <= MAX_TEXT) {
      if (young.size >= MAX_REMEMBERED) {
        old = young;
        young = new Map();
      }
      young.set(text, network);
    }
    return network;
  };
}
