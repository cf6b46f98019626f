import { parseIpv4, parseIpv6 } from '@portcullis/event';
import { expect, it } from 'vitest';
import { ipv4Range, ipv6Range } from './special-ranges.ts';

it.each([
  { first: '0.0.0.0', last: '0.255.255.255', range: 'private' },
  { first: '10.0.0.0', last: '10.255.255.255', range: 'private' },
  { first: '100.64.0.0', last: '100.127.255.255', range: 'private' },
  { first: '127.0.0.0', last: '127.255.255.255', range: 'private' },
  { first: '169.254.0.0', last: '169.254.255.255', range: 'private' },
  { first: '172.16.0.0', last: '172.31.255.255', range: 'private' },
  { first: '192.168.0.0', last: '192.168.255.255', range: 'private' },
  { first: '224.0.0.0', last: '239.255.255.255', range: 'private' },
  { first: '192.0.2.0', last: '192.0.2.255', range: 'example' },
  { first: '198.18.0.0', last: '198.19.255.255', range: 'example' },
  { first: '198.51.100.0', last: '198.51.100.255', range: 'example' },
  { first: '203.0.113.0', last: '203.0.113.255', range: 'example' },
])('$first to $last is $range, and no address beside it', ({ first, last, range }) => {
  const [from, to] = [parseIpv4(first), parseIpv4(last)];

  expect([ipv4Range(from), ipv4Range(to)]).toEqual([range, range]);
  expect([ipv4Range(Math.max(0, from - 1)), ipv4Range(to + 1)]).not.toContain(from === 0 ? 'example' : range);
});

it.each([
  { address: 'fc00::', range: 'private' },
  { address: 'fdff:ffff::1', range: 'private' },
  { address: 'fbff::1', range: 'public' },
  { address: 'fe00::', range: 'public' },
  { address: 'febf::1', range: 'private' },
  { address: 'fec0::1', range: 'public' },
  { address: 'ff02::1', range: 'private' },
  { address: '::', range: 'private' },
  { address: '::1', range: 'private' },
  { address: '::2', range: 'public' },
  { address: '2001:db8:ffff::1', range: 'example' },
  { address: '2001:db9::', range: 'public' },
  { address: '3fff:fff::1', range: 'example' },
  { address: '3fff:1000::', range: 'public' },
])('$address is $range', ({ address, range }) => {
  expect(ipv6Range(parseIpv6(address) ?? [])).toBe(range);
});

it('knows the broadcast address', () => {
  expect([0xffffffff, 0xfffffffe].map(ipv4Range)).toEqual(['private', 'public']);
});
