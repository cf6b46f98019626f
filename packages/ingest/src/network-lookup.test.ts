import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NetworkTableError } from './network/errors.ts';
import { networkTableUrl } from './network/network-table-url.ts';
import { lookupWithoutData, openNetworkTable } from './network-lookup.ts';

const bytes = readFileSync(networkTableUrl);
const look = openNetworkTable(bytes);

describe('openNetworkTable', () => {
  it.each([
    { address: '8.8.8.8', asn: 15169, country: 'US', prefix: '8.8.8.0/24' },
    { address: '1.1.1.1', asn: 13335, country: 'AU', prefix: '1.1.1.0/24' },
    { address: '3.250.64.129', asn: 16509, country: 'IE', prefix: '3.250.64.0/24' },
    { address: '2001:4860:4860::8888', asn: 15169, country: 'US', prefix: '2001:4860:4860::/48' },
    { address: '::ffff:8.8.8.8', asn: 15169, country: 'US', prefix: '8.8.8.0/24' },
  ])('$address belongs to AS$asn in $country', ({ address, ...known }) => {
    expect(look(address)).toMatchObject({ kind: 'public', address, ...known });
  });

  it.each([
    { address: '10.1.2.3', kind: 'private', prefix: '10.1.2.0/24', why: 'RFC 1918' },
    { address: '100.64.9.1', kind: 'private', prefix: '100.64.9.0/24', why: 'RFC 6598, carrier-grade NAT' },
    { address: '127.0.0.1', kind: 'private', prefix: '127.0.0.0/24', why: 'RFC 1122, loopback' },
    { address: '169.254.169.254', kind: 'private', prefix: '169.254.169.0/24', why: 'RFC 3927, instance metadata' },
    { address: 'fd12:3456:789a::1', kind: 'private', prefix: 'fd12:3456:789a::/48', why: 'RFC 4193' },
    { address: '198.51.100.23', kind: 'public', prefix: '198.51.100.0/24', why: 'RFC 5737, documentation' },
    { address: '254.222.242.236', kind: 'public', prefix: '254.222.242.0/24', why: 'reserved, yet an address' },
    { address: 'lambda.amazonaws.com', kind: 'service', prefix: 'lambda.amazonaws.com', why: 'a service called' },
    { address: 'Cloudformation.AmazonAWS.com', kind: 'service', prefix: 'cloudformation.amazonaws.com', why: 'case' },
    { address: 'AWS Internal', kind: 'service', prefix: 'AWS Internal', why: 'as CloudTrail writes it' },
    { address: '1.2.3.4:443', kind: 'unknown', prefix: '1.2.3.4:443', why: 'a port' },
    { address: '1.2.3.4, 5.6.7.8', kind: 'unknown', prefix: '1.2.3.4, 5.6.7.8', why: 'a list' },
    { address: '[::1]', kind: 'unknown', prefix: '[::1]', why: 'brackets' },
    { address: 'fe80::1%eth0', kind: 'unknown', prefix: 'fe80::1%eth0', why: 'a zone' },
    { address: '1.2.3', kind: 'unknown', prefix: '1.2.3', why: 'three parts' },
    { address: '256.1.1.1', kind: 'unknown', prefix: '256.1.1.1', why: 'not an octet' },
    { address: '', kind: 'unknown', prefix: '', why: 'nothing' },
  ])('$address is $kind ($why)', ({ address, kind, prefix }) => {
    expect(look(address)).toMatchObject({ kind, prefix });
    expect(lookupWithoutData(address)).toMatchObject({ kind, prefix });
  });

  it('gives one shared object per address', () => {
    expect(look('8.8.4.4')).toBe(look('8.8.4.4'));
  });

  it('never throws, and bounds what it keeps of junk', () => {
    const junk = fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.ipV4Extended(), fc.domain());
    fc.assert(
      fc.property(junk, (text) => {
        expect(look(text).prefix.length).toBeLessThanOrEqual(128);
      }),
      { numRuns: 5000 },
    );
    expect(look('9'.repeat(10_000)).prefix).toHaveLength(128);
  });
});

describe('the compiled table', () => {
  it.each([
    { damaged: bytes.subarray(0, 5), why: /not a network table/ },
    { damaged: bytes.subarray(0, 100_000), why: /cut short/ },
    { damaged: Buffer.concat([bytes.subarray(0, 4), Buffer.from([9]), bytes.subarray(5)]), why: /version 9/ },
    { damaged: Buffer.concat([bytes.subarray(0, 12), Buffer.from('x'), bytes.subarray(13)]), why: /damaged/ },
  ])('is refused when $why', ({ damaged, why }) => {
    expect(() => openNetworkTable(damaged)).toThrow(NetworkTableError);
    expect(() => openNetworkTable(damaged)).toThrow(why);
  });
});
