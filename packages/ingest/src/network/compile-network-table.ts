import { packTexts } from './byte-pairs.ts';
import { COUNTRY_BITS, NAMES_PER_START, writeTable } from './table-layout.ts';
import { joinRuns, type Run, unitRuns, type ValuedRange } from './unit-runs.ts';

/** An inclusive range of addresses, as the sources list them. */
export interface SourceRange {
  readonly first: bigint;
  readonly last: bigint;
}

export interface OwnerRange extends SourceRange {
  readonly asn: number;
  readonly name: string;
}

export interface CountryRange extends SourceRange {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** Ranges are in order of their first address. */
export interface NetworkSources {
  /** Package name and version of each source. */
  readonly names: readonly string[];
  readonly ipv4Owners: readonly OwnerRange[];
  readonly ipv4Countries: readonly CountryRange[];
  readonly ipv6Owners: readonly OwnerRange[];
  readonly ipv6Countries: readonly CountryRange[];
}

const IPV4_UNIT_BITS = 8n;
const IPV6_UNIT_BITS = 80n;

/**
 * Compiles the sources to the table that `openTable` reads: IPv4 by /24, IPv6 by /48, the units in
 * which networks are judged.
 *
 * Runs at generation time only.
 */
export function compileNetworkTable(sources: NetworkSources): Uint8Array {
  const ownerNames = new Map([...sources.ipv4Owners, ...sources.ipv6Owners].map(({ asn, name }) => [asn, name]));
  const numbers = [...ownerNames.keys()].sort((a, b) => a - b);
  const countries = [...new Set([...sources.ipv4Countries, ...sources.ipv6Countries].map((r) => r.country))].sort();
  const ownerIndex = indexOf(numbers);
  const countryIndex = indexOf(countries);

  const runsOf = (owners: readonly OwnerRange[], countryRanges: readonly CountryRange[], unitBits: bigint): Run[] =>
    joinRuns(
      unitRuns(owners.map(valued(({ asn }) => ownerIndex(asn) + 1)), unitBits),
      unitRuns(countryRanges.map(valued(({ country }) => countryIndex(country) + 1)), unitBits),
      (owner, country) => (owner << COUNTRY_BITS) | country,
    );
  const ipv4 = fileByBucket(runsOf(sources.ipv4Owners, sources.ipv4Countries, IPV4_UNIT_BITS));
  const ipv6 = runsOf(sources.ipv6Owners, sources.ipv6Countries, IPV6_UNIT_BITS);
  const names = packTexts(numbers.map((asn) => ownerNames.get(asn) ?? ''));

  return writeTable({
    about: { countries, sources: sources.names },
    sections: {
      ipv4Buckets: ipv4.buckets,
      ipv4Starts: Uint8Array.from(ipv4.runs, ({ start }) => start & 0xff),
      ipv4Values: Uint32Array.from(ipv4.runs, ({ value }) => value),
      ipv6High: Uint32Array.from(ipv6, ({ start }) => Math.floor(start / 0x10000)),
      ipv6Low: Uint16Array.from(ipv6, ({ start }) => start % 0x10000),
      ipv6Values: Uint32Array.from(ipv6, ({ value }) => value),
      ownerNumbers: Uint32Array.from(numbers),
      ownerNames: names.bytes,
      ownerNamePairs: names.pairs,
      ownerNameStarts: everyNthStart(names.bytes),
    },
  });
}

function valued<T extends SourceRange>(numberOf: (range: T) => number): (range: T) => ValuedRange {
  return (range) => ({ first: range.first, last: range.last, value: numberOf(range) });
}

function indexOf<T>(values: readonly T[]): (value: T) => number {
  const indexes = new Map(values.map((value, index) => [value, index]));
  return (value) => indexes.get(value) ?? -1;
}

/** Cuts runs at each /16, so that a bucket is found by its number and begins at 0. */
function fileByBucket(runs: readonly Run[]): { buckets: Uint32Array; runs: readonly Run[] } {
  const filed: Run[] = [];
  const buckets = new Uint32Array(0x10001);
  let at = 0;
  let value = 0;
  for (let bucket = 0; bucket < 0x10000; bucket++) {
    buckets[bucket] = filed.length;
    const start = bucket << 8;
    if (runs[at]?.start !== start) filed.push({ start, value });
    for (let run = runs[at]; run !== undefined && run.start < start + 0x100; run = runs[++at]) {
      filed.push(run);
      value = run.value;
    }
  }
  buckets[0x10000] = filed.length;
  return { buckets, runs: filed };
}

function everyNthStart(texts: Uint8Array): Uint32Array {
  const starts: number[] = [];
  for (let at = 0, text = 0; at < texts.length; at = texts.indexOf(0, at) + 1, text++) {
    if (text % NAMES_PER_START === 0) starts.push(at);
  }
  return Uint32Array.from(starts);
}
