import { crc32 } from 'node:zlib';
import { NetworkTableError } from './errors.ts';

/**
 * Layout of the compiled table: 16 bytes of magic, version, checksum of all that follows, and header
 * length; a JSON header; then the sections it lists, each 4-byte aligned. Numbers are little-endian.
 */
const MAGIC = 0x504e4554;
const VERSION = 2;
const PREAMBLE_BYTES = 16;
const CHECKED_FROM = 12;

/** How values pack owner and country: `(owner + 1) << COUNTRY_BITS | country + 1`, 0 for unknown in either place. */
export const COUNTRY_BITS = 8;

/** Every how many names the start of one is kept; those between are found by counting. */
export const NAMES_PER_START = 16;

const FIX = 'compile it anew: npm run generate --prefix packages/ingest';

interface TableAbout {
  /** ISO 3166-1 alpha-2 codes, by index. */
  readonly countries: readonly string[];
  /** Package name and version of each source. */
  readonly sources: readonly string[];
}

interface TableSections {
  /** By the first 16 bits of an address: where its runs begin. One more than there are buckets. */
  readonly ipv4Buckets: Uint32Array;
  /** The third octet at which a run begins. Each bucket has a run that begins at 0. */
  readonly ipv4Starts: Uint8Array;
  readonly ipv4Values: Uint32Array;
  /** The first 32 bits at which a run begins, and the next 16. The first run begins at 0. */
  readonly ipv6High: Uint32Array;
  readonly ipv6Low: Uint16Array;
  readonly ipv6Values: Uint32Array;
  /** Number of each autonomous system, by owner index. */
  readonly ownerNumbers: Uint32Array;
  readonly ownerNames: Uint8Array;
  readonly ownerNamePairs: Uint16Array;
  /** Where each 16th name begins. */
  readonly ownerNameStarts: Uint32Array;
}

export interface TableParts {
  readonly about: TableAbout;
  readonly sections: TableSections;
}

interface Header extends TableAbout {
  /** Byte offset from the end of the header, and bytes. */
  readonly places: Readonly<Record<keyof TableSections, readonly [offset: number, bytes: number]>>;
}

export function writeTable({ about, sections }: TableParts): Uint8Array {
  let end = 0;
  const places: Record<string, readonly [number, number]> = {};
  for (const [name, { byteLength }] of Object.entries(sections)) {
    places[name] = [end, byteLength];
    end = aligned(end + byteLength);
  }
  const header = new TextEncoder().encode(JSON.stringify({ ...about, places }));
  const body = aligned(PREAMBLE_BYTES + header.length);
  const table = new Uint8Array(body + end);
  table.set(header, PREAMBLE_BYTES);
  for (const [name, { buffer, byteOffset, byteLength }] of Object.entries(sections)) {
    table.set(new Uint8Array(buffer, byteOffset, byteLength), body + (places[name]?.[0] ?? 0));
  }
  const preamble = new DataView(table.buffer);
  preamble.setUint32(0, MAGIC, true);
  preamble.setUint32(4, VERSION, true);
  preamble.setUint32(12, header.length, true);
  preamble.setUint32(8, crc32(table.subarray(CHECKED_FROM)), true);
  return table;
}

/**
 * Lays typed arrays over the bytes as they are, so opening costs the checksum and nothing per row.
 *
 * @throws NetworkTableError where the bytes are cut, damaged, or of another version
 */
export function readTable(bytes: Uint8Array): TableParts {
  const preamble = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < PREAMBLE_BYTES || preamble.getUint32(0, true) !== MAGIC) {
    throw new NetworkTableError(`this is not a network table; ${FIX}`);
  }
  const version = preamble.getUint32(4, true);
  if (version !== VERSION) {
    throw new NetworkTableError(`network table of version ${version}, this release reads ${VERSION}; ${FIX}`);
  }
  if (preamble.getUint32(8, true) !== crc32(bytes.subarray(CHECKED_FROM))) {
    throw new NetworkTableError(`the network table is cut short or damaged; ${FIX}`);
  }
  const headerEnd = PREAMBLE_BYTES + preamble.getUint32(12, true);
  const { places, ...about }: Header = JSON.parse(new TextDecoder().decode(bytes.subarray(PREAMBLE_BYTES, headerEnd)));
  // Typed arrays want alignment; a view into a larger buffer may have none
  const { buffer, byteOffset } = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const body = byteOffset + aligned(headerEnd);
  const bytesOf = (name: keyof TableSections) => new Uint8Array(buffer, body + places[name][0], places[name][1]);
  const halves = (name: keyof TableSections) => new Uint16Array(buffer, body + places[name][0], places[name][1] / 2);
  const words = (name: keyof TableSections) => new Uint32Array(buffer, body + places[name][0], places[name][1] / 4);
  return {
    about,
    sections: {
      ipv4Buckets: words('ipv4Buckets'),
      ipv4Starts: bytesOf('ipv4Starts'),
      ipv4Values: words('ipv4Values'),
      ipv6High: words('ipv6High'),
      ipv6Low: halves('ipv6Low'),
      ipv6Values: words('ipv6Values'),
      ownerNumbers: words('ownerNumbers'),
      ownerNames: bytesOf('ownerNames'),
      ownerNamePairs: halves('ownerNamePairs'),
      ownerNameStarts: words('ownerNameStarts'),
    },
  };
}

function aligned(offset: number): number {
  return Math.ceil(offset / 4) * 4;
}
