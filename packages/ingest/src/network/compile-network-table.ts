import { COUNTRY_BITS, type SectionName, TABLE_MAGIC, TABLE_VERSION, type TableHeader } from './network-table.ts';

/** An inclusive range of addresses and what is known of it, as the sources list them. */
export interface AddressRange {
  readonly first: bigint;
  readonly last: bigint;
  /** Number and name of the autonomous system, or the country. */
  readonly values: readonly string[];
}

export interface NetworkSources {
  readonly names: readonly string[];
  readonly ipv4Owners: readonly AddressRange[];
  readonly ipv4Countries: readonly AddressRange[];
  readonly ipv6Owners: readonly AddressRange[];
  readonly ipv6Countries: readonly AddressRange[];
}

/** Longest owner name kept, in characters. */
const MAX_OWNER_NAME = 48;

/** A run of addresses of one value, from `start` to the next run. */
interface Run {
  readonly start: number;
  readonly value: number;
}

/**
 * Compiles the sources to the layout that `openTable` reads: IPv4 by /24, IPv6 by /48, the units in
 * which networks are judged. The value at the first address of a unit stands for the unit.
 *
 * Runs at generation time only.
 */
export function compileNetworkTable(sources: NetworkSources): Uint8Array {
  const owners = new Map<string, { index: number; asn: number; name: string }>();
  for (const { values } of [...sources.ipv4Owners, ...sources.ipv6Owners]) {
    const [asn = '', name = ''] = values;
    if (!owners.has(asn))
      owners.set(asn, { index: owners.size, asn: Number(asn), name: name.slice(0, MAX_OWNER_NAME) });
  }
  const countries = [
    ...new Set([...sources.ipv4Countries, ...sources.ipv6Countries].map(({ values }) => values[0] ?? '')),
  ].sort();
  const ownerOf = ({ values }: AddressRange) => ((owners.get(values[0] ?? '')?.index ?? -1) + 1) << COUNTRY_BITS;
  const countryOf = ({ values }: AddressRange) => countries.indexOf(values[0] ?? '') + 1;
  const ipv4 = merge(unitRuns(sources.ipv4Owners, 8n, ownerOf), unitRuns(sources.ipv4Countries, 8n, countryOf));
  // Country borders inside an owner's IPv6 range are not kept: they would triple the table
  const ipv6 = coarse(unitRuns(sources.ipv6Owners, 80n, ownerOf), unitRuns(sources.ipv6Countries, 80n, countryOf));
  const buckets = fileByBucket(ipv4);
  const names = [...owners.values()].map(({ name }) => new TextEncoder().encode(name));
  const sections: Record<SectionName, Uint8Array> = {
    ipv4Buckets: bytesOf(Uint32Array.from(buckets.offsets)),
    ipv4Starts: Uint8Array.from(buckets.runs.map(({ start }) => start & 0xff)),
    ipv4Values: bytesOf(Uint32Array.from(buckets.runs.map(({ value }) => value))),
    ipv6High: bytesOf(Uint32Array.from(ipv6.map(({ start }) => Math.floor(start / 0x10000)))),
    ipv6Low: bytesOf(Uint16Array.from(ipv6.map(({ start }) => start % 0x10000))),
    ipv6Values: bytesOf(Uint32Array.from(ipv6.map(({ value }) => value))),
    ownerNumbers: bytesOf(Uint32Array.from([...owners.values()].map(({ asn }) => asn))),
    ownerNameStarts: bytesOf(startsOf(names)),
    ownerNames: Buffer.concat(names),
  };
  return assemble(sections, { countries, sources: sources.names });
}

/** Runs in whole units; gaps between ranges have the value 0. */
function unitRuns(ranges: readonly AddressRange[], unitBits: bigint, valueIn: (range: AddressRange) => number): Run[] {
  const runs: Run[] = [{ start: 0, value: 0 }];
  const firstUnitFrom = (address: bigint) => Number((address + (1n << unitBits) - 1n) >> unitBits);
  for (const range of ranges) {
    const from = firstUnitFrom(range.first);
    const to = firstUnitFrom(range.last + 1n);
    if (to <= from) continue;
    const previous = runs[runs.length - 1];
    const value = valueIn(range);
    if (previous?.start === from) runs.pop();
    runs.push({ start: from, value }, { start: to, value: 0 });
  }
  return runs;
}

/** The union of two lists of runs; values are combined. */
function merge(a: readonly Run[], b: readonly Run[]): Run[] {
  const starts = [...new Set([...a, ...b].map(({ start }) => start))].sort((x, y) => x - y);
  return withoutRepeats(combine(starts, a, b));
}

/** The runs of `a`; values of `b` are taken at their starts. */
function coarse(a: readonly Run[], b: readonly Run[]): Run[] {
  return withoutRepeats(
    combine(
      a.map(({ start }) => start),
      a,
      b,
    ),
  );
}

function combine(starts: readonly number[], a: readonly Run[], b: readonly Run[]): Run[] {
  let [atA, atB] = [0, 0];
  return starts.map((start) => {
    while ((a[atA + 1]?.start ?? Number.POSITIVE_INFINITY) <= start) atA += 1;
    while ((b[atB + 1]?.start ?? Number.POSITIVE_INFINITY) <= start) atB += 1;
    return { start, value: (a[atA]?.value ?? 0) | (b[atB]?.value ?? 0) };
  });
}

function withoutRepeats(runs: readonly Run[]): Run[] {
  return runs.filter(({ value }, at) => at === 0 || value !== runs[at - 1]?.value);
}

/** Cuts runs at each /16, so that a bucket is found by its number and begins at 0. */
function fileByBucket(runs: readonly Run[]): { offsets: number[]; runs: Run[] } {
  const filed: Run[] = [];
  const offsets: number[] = [];
  let at = 0;
  for (let bucket = 0; bucket < 0x10000; bucket++) {
    offsets.push(filed.length);
    const start = bucket << 8;
    while ((runs[at + 1]?.start ?? Number.POSITIVE_INFINITY) <= start) at += 1;
    filed.push({ start, value: runs[at]?.value ?? 0 });
    while ((runs[at + 1]?.start ?? Number.POSITIVE_INFINITY) < start + 0x100) {
      at += 1;
      const run = runs[at];
      if (run !== undefined) filed.push(run);
    }
  }
  offsets.push(filed.length);
  return { offsets, runs: filed };
}

function startsOf(parts: readonly Uint8Array[]): Uint32Array {
  const starts = new Uint32Array(parts.length + 1);
  parts.forEach((part, at) => {
    starts[at + 1] = (starts[at] ?? 0) + part.length;
  });
  return starts;
}

function assemble(sections: Record<SectionName, Uint8Array>, about: Omit<TableHeader, 'sections'>): Uint8Array {
  const aligned = (offset: number) => Math.ceil(offset / 8) * 8;
  // The header's own length depends on the offsets it holds: room for it is set aside
  const headerRoom = aligned(
    12 + JSON.stringify({ ...about, sections: {} }).length + 64 * Object.keys(sections).length,
  );
  let offset = headerRoom;
  const placed = Object.entries(sections).map(([name, bytes]) => {
    const place = [name, [offset, bytes.length]] as const;
    offset = aligned(offset + bytes.length);
    return place;
  });
  const header = new TextEncoder().encode(JSON.stringify({ ...about, sections: Object.fromEntries(placed) }));
  const table = new Uint8Array(offset);
  const view = new DataView(table.buffer);
  view.setUint32(0, TABLE_MAGIC, true);
  view.setUint32(4, TABLE_VERSION, true);
  view.setUint32(8, header.length, true);
  table.set(header, 12);
  for (const [name, [at]] of placed) table.set(sections[name as SectionName], at);
  return table;
}

function bytesOf(array: Uint32Array | Uint16Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
