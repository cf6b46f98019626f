import { NetworkTableError } from './errors.ts';

/**
 * Layout of the compiled table: 12 bytes of magic, version and header length, a JSON header, then the
 * sections it lists, each 8-byte aligned and little-endian. Typed arrays lie over the bytes as they
 * are, so opening costs nothing per row.
 *
 * A value packs owner and country as `(owner + 1) << 8 | country + 1`, 0 for unknown in either place.
 */
export const TABLE_MAGIC = 0x504e4554;
export const TABLE_VERSION = 1;
export const COUNTRY_BITS = 8;

export interface TableHeader {
  /** ISO 3166-1 alpha-2 codes, by index. */
  readonly countries: readonly string[];
  /** Package name and version of each source. */
  readonly sources: readonly string[];
  /** Byte offset from the start of the table, and length in bytes. */
  readonly sections: Readonly<Record<SectionName, readonly [offset: number, bytes: number]>>;
}

export type SectionName =
  | 'ipv4Buckets'
  | 'ipv4Starts'
  | 'ipv4Values'
  | 'ipv6High'
  | 'ipv6Low'
  | 'ipv6Values'
  | 'ownerNumbers'
  | 'ownerNameStarts'
  | 'ownerNames';

/** What is known of a network. */
export interface NetworkOwner {
  readonly asn: number | undefined;
  readonly owner: string | undefined;
  readonly country: string | undefined;
}

const NOTHING_KNOWN: NetworkOwner = { asn: undefined, owner: undefined, country: undefined };

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

/** @throws NetworkTableError where the bytes are cut, damaged, or of another version */
export function openTable(bytes: Uint8Array): NetworkTable {
  const header = readHeader(bytes);
  // Typed arrays want alignment; a view into a larger buffer may have none
  const { buffer, byteOffset } = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const section = (name: SectionName): [ArrayBufferLike, number, number] => {
    const [offset, length] = header.sections[name];
    return [buffer, byteOffset + offset, length];
  };
  const words = (name: SectionName): Uint32Array => {
    const [source, offset, length] = section(name);
    return new Uint32Array(source, offset, length / 4);
  };
  const ipv4Buckets = words('ipv4Buckets');
  const ipv4Starts = new Uint8Array(...section('ipv4Starts'));
  const ipv4Values = words('ipv4Values');
  const ipv6High = words('ipv6High');
  const [lowBuffer, lowOffset, lowBytes] = section('ipv6Low');
  const ipv6Low = new Uint16Array(lowBuffer, lowOffset, lowBytes / 2);
  const ipv6Values = words('ipv6Values');
  const ownerNumbers = words('ownerNumbers');
  const ownerNameStarts = words('ownerNameStarts');
  const ownerNames = new Uint8Array(...section('ownerNames'));
  const utf8 = new TextDecoder();
  const known = new Map<number, NetworkOwner>();

  const describe = (value: number): NetworkOwner => {
    if (value === 0) return NOTHING_KNOWN;
    const described = known.get(value);
    if (described !== undefined) return described;
    const ownerIndex = (value >>> COUNTRY_BITS) - 1;
    const network: NetworkOwner = {
      asn: ownerIndex < 0 ? undefined : ownerNumbers[ownerIndex],
      owner:
        ownerIndex < 0
          ? undefined
          : utf8.decode(ownerNames.subarray(ownerNameStarts[ownerIndex], ownerNameStarts[ownerIndex + 1])),
      country: header.countries[(value & ((1 << COUNTRY_BITS) - 1)) - 1],
    };
    known.set(value, network);
    return network;
  };

  return {
    ipv4(address) {
      // Runs are filed by the first 16 bits; each bucket begins with a run at 0
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

function readHeader(bytes: Uint8Array): TableHeader {
  const fix = 'compile it anew: npm run generate --prefix packages/ingest';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || view.getUint32(0, true) !== TABLE_MAGIC) {
    throw new NetworkTableError(`this is not a network table; ${fix}`);
  }
  const version = view.getUint32(4, true);
  if (version !== TABLE_VERSION) {
    throw new NetworkTableError(`network table version ${version}, this release reads ${TABLE_VERSION}; ${fix}`);
  }
  try {
    const header: TableHeader = JSON.parse(new TextDecoder().decode(bytes.subarray(12, 12 + view.getUint32(8, true))));
    const end = Math.max(...Object.values(header.sections).map(([offset, length]) => offset + length));
    if (end <= bytes.length) return header;
  } catch (cause) {
    throw new NetworkTableError(`the header of the network table is damaged; ${fix}`, { cause });
  }
  throw new NetworkTableError(`the network table is cut short; ${fix}`);
}
