import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
    { address: '2a05:d014:1::1', asn: 16509, country: 'DE', prefix: '2a05:d014:1::/48' },
    { address: '2406:da1c::1', asn: 16509, country: 'AU', prefix: '2406:da1c::/48' },
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
    { address: '254.222.242.236', kind: 'public', prefix: '254.222.242.0/24', why: 'reserved, yet an address' },
    { address: 'lambda.amazonaws.com', kind: 'service', prefix: 'lambda.amazonaws.com', why: 'a service called' },
    { address: 'Cloudformation.AmazonAWS.com', kind: 'service', prefix: 'cloudformation.amazonaws.com', why: 'case' },
    { address: 'AWS Internal', kind: 'service', prefix: 'AWS Internal', why: 'as CloudTrail writes it' },
    { address: 'AWS Internal/3', kind: 'service', prefix: 'AWS Internal', why: 'a number of no meaning outside' },
    { address: 'evil.example.com', kind: 'unknown', prefix: 'evil.example.com', why: 'a name, but not of a service' },
    {
      address: 'amazonaws.com.evil.example',
      kind: 'unknown',
      prefix: 'amazonaws.com.evil.example',
      why: 'not its end',
    },
    { address: '2001:0DB8:00ab:0000::1', kind: 'public', prefix: '2001:db8:ab::/48', why: 'RFC 5952 form' },
    { address: '2001:db8::1', kind: 'public', prefix: '2001:db8::/48', why: 'zeros at the end are left out' },
    { address: '::1', kind: 'private', prefix: '::/48', why: 'RFC 4291, loopback' },
    { address: '::ffff:10.1.2.3', kind: 'private', prefix: '10.1.2.0/24', why: 'IPv4 inside IPv6' },
    { address: '08.1.250.216', kind: 'unknown', prefix: '08.1.250.216', why: 'a leading zero' },
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

  it.each(['192.0.2.10', '198.18.4.119', '198.51.100.23', '203.0.113.24', '2001:db8::1'])(
    '%s is public and of no owner, whatever the sources list for documentation ranges',
    (address) => {
      expect(look(address)).toEqual({ kind: 'public', address, prefix: lookupWithoutData(address).prefix });
    },
  );

  it('writes the prefix of an IPv6 address as URLs do', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 3, maxLength: 3 }), (groups) => {
        const text = groups.map((group) => group.toString(16)).join(':');
        expect(`[${look(`${text}:1::`).prefix.replace('/48', '')}]`).toBe(new URL(`http://[${text}::]`).hostname);
      }),
    );
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
