import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipv4MappedIn, parseIpv4, parseIpv6 } from './parse-address.ts';

const nearlyIpv4 = fc.array(fc.constantFrom('0', '1', '9', '25', '255', '256', '.', '.', '.', ' '), { maxLength: 9 });
const nearlyIpv6 = fc.array(fc.constantFrom('0', 'f', 'Ab12', '12345', ':', ':', '::', '1.2.3.4', '.', 'g'), {
  maxLength: 16,
});
const joined = (parts: readonly string[]) => parts.join('');

describe('parseIpv4', () => {
  it.each([
    { text: '0.0.0.0', address: 0, why: 'lowest' },
    { text: '1.2.3.4', address: 0x01020304, why: 'octets from the left' },
    { text: '255.255.255.255', address: 0xffffffff, why: 'highest, and not negative' },
    { text: '01.2.3.4', address: -1, why: 'octal to some programs' },
    { text: '1.2.3.256', address: -1, why: 'no octet' },
    { text: '1.2.3', address: -1, why: 'three parts' },
    { text: '1.2.3.4.5', address: -1, why: 'five parts' },
    { text: '1.2..4', address: -1, why: 'an empty part' },
    { text: '1.2.3.', address: -1, why: 'an empty end' },
  ])('$text is $address ($why)', ({ text, address }) => {
    expect(parseIpv4(text)).toBe(address);
  });

  it('takes what node:net takes', () => {
    const texts = fc.oneof(fc.ipV4(), fc.ipV4Extended(), nearlyIpv4.map(joined));
    fc.assert(
      fc.property(texts, (text) => parseIpv4(text) >= 0 === isIPv4(text)),
      { numRuns: 5000 },
    );
  });
});

describe('parseIpv6', () => {
  it.each([
    { text: '::', groups: [0, 0, 0, 0, 0, 0, 0, 0] },
    { text: '2001:DB8::8:1', groups: [0x2001, 0xdb8, 0, 0, 0, 0, 8, 1] },
    { text: '1:2:3:4:5:6:7:8', groups: [1, 2, 3, 4, 5, 6, 7, 8] },
    { text: '1:2:3:4:5:6:7::', groups: [1, 2, 3, 4, 5, 6, 7, 0] },
    { text: '::ffff:1.2.3.4', groups: [0, 0, 0, 0, 0, 0xffff, 0x0102, 0x0304] },
  ])('reads $text', ({ text, groups }) => {
    expect(parseIpv6(text)).toEqual(groups);
  });

  it('takes what node:net takes', () => {
    const texts = fc.oneof(fc.ipV6(), nearlyIpv6.map(joined));
    fc.assert(
      fc.property(texts, (text) => (parseIpv6(text) !== undefined) === isIPv6(text)),
      { numRuns: 5000 },
    );
  });

  it('refuses a zone, which node:net takes', () => {
    expect(parseIpv6('fe80::1%eth0')).toBeUndefined();
  });
});

it.each([
  { text: '::ffff:1.2.3.4', ipv4: 0x01020304, why: 'mapped' },
  { text: '::1.2.3.4', ipv4: -1, why: 'the deprecated IPv4-compatible form' },
  { text: '1::ffff:1.2.3.4', ipv4: -1, why: 'another prefix' },
])('finds $ipv4 in $text ($why)', ({ text, ipv4 }) => {
  expect(ipv4MappedIn(parseIpv6(text) ?? [])).toBe(ipv4);
});
