import { unpackText } from './byte-pairs.ts';
import { COUNTRY_BITS, NAMES_PER_START, readTable } from './table-layout.ts';

/** What is known of a network. */
export interface NetworkOwner {
  readonly asn: number | undefined;
  readonly owner: string | undefined;
  readonly country: string | undefined;
}

/** The compiled table, opened for looking up. */
export interface NetworkTable {
  /** @param address - the IPv4 address as an unsigned 32-bit number */
  ipv4(address: number): NetworkOwner;
  /**
   * @param high - the first 32 bits of the IPv6 address
   * @param low - the next 16
   */
  ipv6(high: number, low: number): NetworkOwner;
}

/**
 * Opens what `compileNetworkTable` made. Names are unpacked when first asked for.
 *
 * @throws NetworkTableError where the bytes are cut, damaged, or of another version
 */
export function openTable(bytes: Uint8Array): NetworkTable {
  const { about, sections } = readTable(bytes);
  const { ipv4Buckets, ipv4Starts, ipv4Values, ipv6High, ipv6Low, ipv6Values } = sections;
  const names = { bytes: sections.ownerNames, pairs: sections.ownerNamePairs };

  const nameOf = (owner: number): string => {
    let start = sections.ownerNameStarts[Math.floor(owner / NAMES_PER_START)] ?? 0;
    for (let before = owner % NAMES_PER_START; before > 0; before--) start = names.bytes.indexOf(0, start) + 1;
    return unpackText(names, start);
  };

  // At most one entry per distinct value of the table
  const described = new Map<number, NetworkOwner>();
  const describe = (value: number): NetworkOwner => {
    const known = described.get(value);
    if (known !== undefined) return known;
    const owner = (value >>> COUNTRY_BITS) - 1;
    const network: NetworkOwner = {
      asn: sections.ownerNumbers[owner],
      owner: owner < 0 ? undefined : nameOf(owner),
      country: about.countries[(value & ((1 << COUNTRY_BITS) - 1)) - 1],
    };
    described.set(value, network);
    return network;
  };

  return {
    ipv4(address) {
      const bucket = address >>> 16;
      const third = (address >>> 8) & 0xff;
      let from = ipv4Buckets[bucket] ?? 0;
      let to = ipv4Buckets[bucket + 1] ?? 0;
      while (to - from > 1) {
        const middle = (from + to) >>> 1;
        if ((ipv4Starts[middle] ?? 0) <= third) from = middle;
        else to = middle;
      }
      return describe(ipv4Values[from] ?? 0);
    },
    ipv6(high, low) {
      let from = 0;
      let to = ipv6High.length;
      while (to - from > 1) {
        const middle = (from + to) >>> 1;
        const middleHigh = ipv6High[middle] ?? 0;
        if (middleHigh < high || (middleHigh === high && (ipv6Low[middle] ?? 0) <= low)) from = middle;
        else to = middle;
      }
      return describe(ipv6Values[from] ?? 0);
    },
  };
}
