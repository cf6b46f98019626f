import { describe, expect, it } from 'vitest';
import { labNetworks } from './network-owners.ts';

const look = labNetworks();

describe('networks of the lab', () => {
  it.each([
    { address: '86.130.12.9', asn: 2856, country: 'GB', why: 'a /16 of one owner' },
    { address: '137.74.90.9', asn: 16276, country: 'FR', why: 'within the part of a /16 that the owner has' },
    { address: '52.210.8.8', asn: 16509, country: 'IE', why: 'a region of AWS' },
    { address: '52.44.12.180', asn: 14618, country: 'US', why: 'the other number of AWS' },
    { address: '159.65.0.0', asn: 14061, country: 'US', why: 'of the small world' },
  ])('$address belongs to $asn in $country ($why)', ({ address, asn, country }) => {
    expect(look(address)).toMatchObject({ kind: 'public', asn, country });
  });

  it.each(['10.1.2.3', '172.16.9.9', '192.168.0.1'])('%s is private and nobody’s', (address) => {
    expect(look(address)).toEqual({ kind: 'private', address, prefix: `${address.replace(/\.\d+$/, '')}.0/24` });
  });

  it('knows a home by its /48', () => {
    expect(look('2003:e4:1a2b:c01:7c3:1:2:9')).toEqual({
      kind: 'public',
      address: '2003:e4:1a2b:c01:7c3:1:2:9',
      prefix: '2003:e4:1a2b::/48',
      asn: 3320,
      owner: 'Deutsche Telekom',
      country: 'DE',
    });
  });

  it('takes a service for a service', () => {
    expect(look('lambda.amazonaws.com').kind).toBe('service');
  });
});
