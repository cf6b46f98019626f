import { expect, it } from 'vitest';
import { isInRange, isIpRange, rangeOfHost } from './ip-range.ts';

it.each([
  { text: '203.0.113.9/32', valid: true },
  { text: '0.0.0.0/0', valid: false },
  { text: '::/0', valid: false },
  { text: '203.0.0.0/16', valid: true },
  { text: '203.0.0.0/15', valid: false },
  { text: '2001:db8:1:2::/64', valid: true },
  { text: '203.0.113.9/33', valid: false },
  { text: '203.0.113.9', valid: false },
  { text: '203.0.113/24', valid: false },
  { text: '203.0.113.009/32', valid: false },
  { text: '1:2:3:4:5:6:7:8:9/64', valid: false },
  { text: '1::2::3/64', valid: false },
  { text: 'AWS Internal/32', valid: false },
])('$text is a range: $valid', ({ text, valid }) => {
  expect(isIpRange(text)).toBe(valid);
});

it.each([
  { address: '203.0.113.9', range: '203.0.113.9/32', why: 'one address' },
  { address: '2001:db8:1:2:aaaa::1', range: '2001:db8:1:2::/64', why: 'what one host owns' },
  { address: '2001:db8::1', range: '2001:db8:0:0::/64', why: 'with zeros in front' },
  { address: 'lambda.amazonaws.com', range: undefined, why: 'a service' },
])('$address is held by $range ($why)', ({ address, range }) => {
  expect(rangeOfHost(address)).toBe(range);
  if (range !== undefined) expect(isInRange(range, address)).toBe(true);
});

it('keeps IPv4 and IPv6 apart', () => {
  expect(isInRange('::/0', '203.0.113.9')).toBe(false);
  expect(isInRange('0.0.0.0/0', '::1')).toBe(false);
});
