import {
  ipv4MappedIn,
  type Network,
  type NetworkKind,
  type NetworkLookup,
  parseIpv4,
  parseIpv6,
} from '@portcullis/event';
import { type NetworkOwner, type NetworkTable, openTable } from './network/network-table.ts';
import { remembering } from './network/remembering.ts';
import { type AddressRange, ipv4Range, ipv6Range } from './network/special-ranges.ts';

/** Longest text kept of what is not an address. */
const MAX_TEXT = 128;

/**
 * CloudTrail's way of saying that a service called: its DNS name, or `AWS Internal`, at times with a
 * number "used for internal purposes" (CloudTrail user guide, record contents).
 */
const SERVICE_NAME = /^(?:[a-z0-9-]+\.)+(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|aws\.internal|amazon\.com)$/i;
const AWS_INTERNAL = /^AWS Internal(?:\/\d+)?$/;

const NO_OWNER: NetworkOwner = { asn: undefined, owner: undefined, country: undefined };
const NO_TABLE: NetworkTable = { ipv4: () => NO_OWNER, ipv6: () => NO_OWNER };

/**
 * Opens the compiled table for looking addresses up.
 *
 * A lookup never throws, whatever CloudTrail wrote. IPv4 inside IPv6 (`::ffff:1.2.3.4`) is the IPv4
 * address. Documentation and other reserved ranges count as public networks of no known owner.
 *
 * @throws NetworkTableError where the bytes are not a table of this version
 */
export function openNetworkTable(bytes: Uint8Array): NetworkLookup {
  return lookupIn(openTable(bytes));
}

/** Kind and prefix only, for where no table is at hand. */
export const lookupWithoutData: NetworkLookup = lookupIn(NO_TABLE);

function lookupIn(table: NetworkTable): NetworkLookup {
  return remembering((text) => {
    const ipv4 = parseIpv4(text);
    if (ipv4 >= 0) return ipv4Network(text, ipv4, table);
    const groups = parseIpv6(text);
    if (groups === undefined) return namedNetwork(text.slice(0, MAX_TEXT));
    const mapped = ipv4MappedIn(groups);
    return mapped < 0 ? ipv6Network(text, groups, table) : ipv4Network(text, mapped, table);
  }, MAX_TEXT);
}

function ipv4Network(text: string, address: number, table: NetworkTable): Network {
  const range = ipv4Range(address);
  const prefix = `${address >>> 24}.${(address >>> 16) & 0xff}.${(address >>> 8) & 0xff}.0/24`;
  return network(kindOf(range), text, prefix, range === 'public' ? table.ipv4(address) : NO_OWNER);
}

function ipv6Network(text: string, groups: readonly number[], table: NetworkTable): Network {
  const range = ipv6Range(groups);
  const [a = 0, b = 0, c = 0] = groups;
  const known = range === 'public' ? table.ipv6(a * 0x10000 + b, c) : NO_OWNER;
  return network(kindOf(range), text, ipv6Prefix([a, b, c]), known);
}

/** What is not an address: a service, or text that stands for itself. */
function namedNetwork(text: string): Network {
  if (AWS_INTERNAL.test(text)) return { kind: 'service', address: text, prefix: 'AWS Internal' };
  if (SERVICE_NAME.test(text)) return { kind: 'service', address: text, prefix: text.toLowerCase() };
  return { kind: 'unknown', address: text, prefix: text };
}

function kindOf(range: AddressRange): NetworkKind {
  return range === 'private' ? 'private' : 'public';
}

/** In the form of RFC 5952; the 80 bits left out are always the longest run of zeros. */
function ipv6Prefix(groups: readonly number[]): string {
  const end = groups.findLastIndex((group) => group !== 0) + 1;
  const kept = groups.slice(0, end).map((group) => group.toString(16));
  return `${kept.join(':')}::/48`;
}

function network(kind: NetworkKind, address: string, prefix: string, known: NetworkOwner): Network {
  const { asn, owner, country } = known;
  const described: { -readonly [Field in keyof Network]: Network[Field] } = { kind, address, prefix };
  if (asn !== undefined) described.asn = asn;
  if (owner !== undefined) described.owner = owner;
  if (country !== undefined) described.country = country;
  return described;
}
