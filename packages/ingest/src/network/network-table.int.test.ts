import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkSources } from '../../scripts/network-sources.ts';
import { type AddressRange, compileNetworkTable } from './compile-network-table.ts';
import { openTable } from './network-table.ts';
import { networkTableUrl } from './network-table-url.ts';

const bytes = readFileSync(networkTableUrl);

describe('the compiled table', () => {
  const sources = networkSources();

  it('is what the installed data gives', () => {
    expect(Buffer.compare(compileNetworkTable(sources), bytes)).toBe(0);
  });

  it('agrees with a plain search of the sources', () => {
    const table = openTable(bytes);
    const find = (ranges: readonly AddressRange[], address: number) =>
      ranges.find(({ first, last }) => first <= BigInt(address) && BigInt(address) <= last)?.values[0];
    // First addresses of /24s, where the value of the unit is taken from
    const units = fc.integer({ min: 0, max: 0xffffff }).map((unit) => unit * 256);
    fc.assert(
      fc.property(units, (address) => {
        const { asn, country } = table.ipv4(address);
        expect(asn?.toString()).toBe(find(sources.ipv4Owners, address));
        expect(country).toBe(find(sources.ipv4Countries, address));
      }),
      { numRuns: 300 },
    );
  });
});
