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
  const ipv4 = [sources.ipv4Owners, sources.ipv4Countries, 8n] as const;
  const ipv6 = [sources.ipv6Owners, sources.ipv6Countries, 80n] as const;

  it.each([
    { family: 'IPv4', owners: ipv4[0], countries: ipv4[1], unitBits: ipv4[2], numRuns: 2000 },
    { family: 'IPv6', owners: ipv6[0], countries: ipv6[1], unitBits: ipv6[2], numRuns: 1000 },
  ])('in $family, at random and on both sides of borders', ({ owners, countries, unitBits, numRuns }) => {
    const borders = fc
      .constantFrom<readonly SourceRange[]>(owners, countries)
      .chain((ranges) => fc.nat(ranges.length - 1).map((at) => ranges[at]))
      .chain((range) => fc.constantFrom(range?.first ?? 0n, (range?.first ?? 1n) - 1n, (range?.last ?? 0n) + 1n));
    const anywhere = fc.bigInt({ min: 0n, max: (1n << (unitBits === 8n ? 32n : 128n)) - 1n });
    let compared = 0;
    fc.assert(
      fc.property(fc.oneof({ arbitrary: borders, weight: 3 }, anywhere), (address) => {
        const unit = address >> unitBits;
        const [owner, country] = [only(owners, unit, unitBits), only(countries, unit, unitBits)];
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

/** The one range that touches a unit. Where several do, unit-runs.test.ts counts address by address. */
function only<T extends SourceRange>(ranges: readonly T[], unit: bigint, unitBits: bigint): T | undefined | 'several' {
  const [first, last] = [unit << unitBits, ((unit + 1n) << unitBits) - 1n];
  const touching = ranges.filter((range) => range.first <= last && first <= range.last);
  return touching.length > 1 ? 'several' : touching[0];
}
