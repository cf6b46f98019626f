import { parseIpv4 } from '@portcullis/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileNetworkTable } from './compile-network-table.ts';
import { NetworkTableError } from './errors.ts';
import { openTable } from './network-table.ts';

const bytes = compileNetworkTable({
  names: ['example@1'],
  ipv4Owners: [ipv4('9.0.0.0', '9.3.255.255', 64500), ipv4('9.5.7.0', '9.5.7.255', 64501)],
  ipv4Countries: [{ ...block('9.1.128.0', '9.5.7.255'), country: 'DE' }],
  ipv6Owners: [{ first: 0x20010000n << 96n, last: (0x20010001n << 96n) - 1n, asn: 64501, name: 'Zwölf "12" GmbH' }],
  ipv6Countries: [{ first: 0x200100000005n << 80n, last: (0x200100000007n << 80n) - 1n, country: 'AT' }],
});
const table = openTable(bytes);

function block(first: string, last: string) {
  return { first: BigInt(parseIpv4(first)), last: BigInt(parseIpv4(last)) };
}

function ipv4(first: string, last: string, asn: number) {
  return { ...block(first, last), asn, name: asn === 64500 ? 'EXAMPLE-AS' : 'Zwölf "12" GmbH' };
}

describe('openTable', () => {
  it.each([
    { address: '8.255.255.255', asn: undefined, country: undefined, why: 'just before' },
    { address: '9.0.0.0', asn: 64500, country: undefined, why: 'first' },
    { address: '9.1.127.255', asn: 64500, country: undefined, why: 'before the country begins' },
    { address: '9.1.128.0', asn: 64500, country: 'DE', why: 'inside a bucket' },
    { address: '9.2.0.0', asn: 64500, country: 'DE', why: 'a bucket without a change' },
    { address: '9.3.255.255', asn: 64500, country: 'DE', why: 'last' },
    { address: '9.4.0.0', asn: undefined, country: 'DE', why: 'a country alone' },
    { address: '9.5.7.255', asn: 64501, country: 'DE', why: 'one /24' },
    { address: '9.5.8.0', asn: undefined, country: undefined, why: 'just after' },
    { address: '0.0.0.0', asn: undefined, country: undefined, why: 'lowest' },
    { address: '255.255.255.255', asn: undefined, country: undefined, why: 'highest' },
  ])('$address: AS$asn, $country ($why)', ({ address, asn, country }) => {
    expect(table.ipv4(parseIpv4(address))).toMatchObject({ asn, country });
  });

  it.each([
    { high: 0x2000ffff, low: 0xffff, asn: undefined, country: undefined, why: 'just before' },
    { high: 0x20010000, low: 4, asn: 64501, country: undefined, why: 'no country yet' },
    { high: 0x20010000, low: 5, asn: 64501, country: 'AT', why: 'first /48 of the country' },
    { high: 0x20010000, low: 6, asn: 64501, country: 'AT', why: 'last /48 of the country' },
    { high: 0x20010000, low: 7, asn: 64501, country: undefined, why: 'country over' },
    { high: 0x20010001, low: 0, asn: undefined, country: undefined, why: 'just after' },
    { high: 0xffffffff, low: 0xffff, asn: undefined, country: undefined, why: 'highest' },
  ])('IPv6 $high:$low: AS$asn, $country ($why)', ({ high, low, asn, country }) => {
    expect(table.ipv6(high, low)).toMatchObject({ asn, country });
  });

  it('names the owner', () => {
    expect(table.ipv4(parseIpv4('9.0.0.1')).owner).toBe('EXAMPLE-AS');
    expect(table.ipv4(parseIpv4('9.5.7.1')).owner).toBe('Zwölf "12" GmbH');
  });

  it('reads bytes that lie anywhere in a larger buffer', () => {
    for (const offset of [1, 2, 3, 4]) {
      const shifted = Buffer.alloc(bytes.length + offset);
      shifted.set(bytes, offset);
      expect(openTable(shifted.subarray(offset)).ipv4(parseIpv4('9.0.0.1')).asn).toBe(64500);
    }
  });

  it.each([
    { damaged: bytes.subarray(0, 5), message: 'not a network table' },
    { damaged: Buffer.from('<html>404 Not Found</html>'), message: 'not a network table' },
    { damaged: Uint8Array.from(bytes, (byte, at) => (at === 4 ? 9 : byte)), message: 'of version 9' },
    { damaged: bytes.subarray(0, -1), message: 'cut short or damaged' },
    { damaged: Buffer.concat([bytes, Buffer.from('\n')]), message: 'cut short or damaged' },
  ])('refuses bytes that are $message, and says how to mend it', ({ damaged, message }) => {
    expect(() => openTable(damaged)).toThrow(NetworkTableError);
    expect(() => openTable(damaged)).toThrow(message);
    expect(() => openTable(damaged)).toThrow('npm run generate');
  });

  it('refuses a table with any one byte changed', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Uint8Array.from(bytes);
        damaged[at] = (bytes[at] ?? 0) ^ change;
        expect(() => openTable(damaged)).toThrow(NetworkTableError);
      }),
      { numRuns: 50 },
    );
  });
});
