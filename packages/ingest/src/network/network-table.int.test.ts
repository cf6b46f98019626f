import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkSources } from '../../scripts/network-sources.ts';
import { compileNetworkTable, type SourceRange } from './compile-network-table.ts';
import { openTable } from './network-table.ts';
import { networkTableUrl } from './network-table-url.ts';

const bytes = readFileSync(networkTableUrl);
const sources = networkSources();
const table = openTable(bytes);

it('is what the installed data gives', () => {
  expect(Buffer.compare(compileNetworkTable(sources), bytes)).toBe(0);
});

describe('agrees with a plain search of the sources', () => {
  it.each([
    { family: 'IPv4', owners: sources.ipv4Owners, countries: sources.ipv4Countries, unitBits: 8n, numRuns: 2000 },
    { family: 'IPv6', owners: sources.ipv6Owners, countries: sources.ipv6Countries, unitBits: 80n, numRuns: 1000 },
  ])('in $family, at random and on both sides of borders', ({ owners, countries, unitBits, numRuns }) => {
    const ownerOf = onlyOneOf<(typeof owners)[number]>(owners, unitBits);
    const countryOf = onlyOneOf<(typeof countries)[number]>(countries, unitBits);
    const borders = fc
      .constantFrom<readonly SourceRange[]>(owners, countries)
      .chain((ranges) => fc.nat(ranges.length - 1).map((at) => ranges[at]))
      .chain((range) => fc.constantFrom(range?.first ?? 0n, (range?.first ?? 1n) - 1n, (range?.last ?? 0n) + 1n));
    const anywhere = fc.bigInt({ min: 0n, max: (1n << (unitBits === 8n ? 32n : 128n)) - 1n });
    let compared = 0;
    fc.assert(
      fc.property(fc.oneof({ arbitrary: borders, weight: 3 }, anywhere), (address) => {
        const unit = address >> unitBits;
        const [owner, country] = [ownerOf(Number(unit)), countryOf(Number(unit))];
        const known =
          unitBits === 8n ? table.ipv4(Number(unit << 8n)) : table.ipv6(Number(unit >> 16n), Number(unit & 0xffffn));
        if (owner !== 'several') expect([known.asn, known.owner]).toEqual([owner?.asn, owner?.name]);
        if (country !== 'several') expect(known.country).toBe(country?.country);
        if (owner !== 'several' && country !== 'several') compared += 1;
      }),
      { numRuns },
    );
    expect(compared).toBeGreaterThan(numRuns / 2);
  });
});

/**
 * Finds, by looking at every range, the one that touches a unit. Where several do, unit-runs.test.ts counts address by
 * address. Units have at most 48 bits, which numbers hold exactly and compare ten times as fast as integers without bound.
 */
function onlyOneOf<T extends SourceRange>(ranges: readonly T[], unitBits: bigint) {
  const firsts = Float64Array.from(ranges, ({ first }) => Number(first >> unitBits));
  const lasts = Float64Array.from(ranges, ({ last }) => Number(last >> unitBits));
  return (unit: number): T | undefined | 'several' => {
    let found: T | undefined;
    for (let at = 0; at < firsts.length; at++) {
      if (unit < (firsts[at] ?? 0) || unit > (lasts[at] ?? 0)) continue;
      if (found !== undefined) return 'several';
      found = ranges[at];
    }
    return found;
  };
}
