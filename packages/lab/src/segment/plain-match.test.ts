import { expect, it } from 'vitest';
import { allowsTcp } from './plain-match.ts';

const range = (IpProtocol: string, FromPort: number, ToPort: number, CidrIp: string) => ({
  IpProtocol,
  FromPort,
  ToPort,
  IpRanges: [{ CidrIp }],
});

it.each([
  { rule: range('tcp', 22, 22, '10.0.0.0/8'), allowed: true, why: 'port and peer inside' },
  { rule: range('tcp', 23, 99, '10.0.0.0/8'), allowed: false, why: 'another port' },
  { rule: range('tcp', 22, 22, '10.1.3.0/24'), allowed: false, why: 'the network next to it' },
  { rule: range('udp', 22, 22, '10.0.0.0/8'), allowed: false, why: 'another protocol' },
  { rule: { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }, allowed: true, why: 'all of everybody' },
  { rule: { IpProtocol: 'tcp', UserIdGroupPairs: [{ GroupId: 'sg-1' }] }, allowed: true, why: 'who is in the group' },
  { rule: { IpProtocol: 'tcp', UserIdGroupPairs: [{ GroupId: 'sg-2' }] }, allowed: false, why: 'another group' },
])('$why: $allowed', ({ rule, allowed }) => {
  expect(allowsTcp([rule], 22, '10.1.2.3', () => 'sg-1')).toBe(allowed);
});
