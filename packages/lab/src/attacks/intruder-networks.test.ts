import { readFileSync } from 'node:fs';
import { openNetworkTable } from '@portcullis/ingest';
import { networkTableUrl } from '@portcullis/ingest/network-table';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../random.ts';
import { INTRUDER_NETWORKS, intruderAddress, neighborOf } from './intruder-networks.ts';

const lookUp = openNetworkTable(readFileSync(networkTableUrl));
const HALVES = ['tuning', 'test'] as const;

describe.each(HALVES)('networks of intruders in the %s half', (half) => {
  it.each(INTRUDER_NETWORKS[half])('$leading belongs to whom the reference data name', (network) => {
    for (const third of network.thirds) {
      const { asn, owner, country } = lookUp(`${network.leading}.${third}.0`);
      expect({ asn, owner, country }).toEqual({ asn: network.asn, owner: network.owner, country: network.country });
    }
  });

  it('come in every sort, none of them in the other half', () => {
    const kinds = new Set(INTRUDER_NETWORKS[half].map(({ kind }) => kind));
    const other = new Set(INTRUDER_NETWORKS[half === 'test' ? 'tuning' : 'test'].map(({ leading }) => leading));

    expect(kinds.size).toBe(5);
    expect(INTRUDER_NETWORKS[half].filter(({ leading }) => other.has(leading))).toEqual([]);
  });

  it('are drawn by sort, as addresses that no computer has', () => {
    const vpns = INTRUDER_NETWORKS[half].filter(({ kind }) => kind === 'vpn').map(({ leading }) => leading);
    const address = intruderAddress(half, randomStream('vpn', half), ['vpn']);

    expect(vpns.some((leading) => address.startsWith(`${leading}.`))).toBe(true);
    expect(address).toMatch(/\.0$/);
  });
});

it.each([
  { address: '34.244.9.12', neighbor: /^34\.244\.\d+\.0$/, why: 'the same owner, another network' },
  { address: '203.0.113.24', neighbor: /^203\.0\.113\.24$/, why: 'documentation has no neighbors' },
  { address: 'lambda.amazonaws.com', neighbor: /^lambda\.amazonaws\.com$/, why: 'a service' },
])('next door to $address: $why', ({ address, neighbor }) => {
  expect(neighborOf(address, randomStream('neighbor'))).toMatch(neighbor);
});

it.each(['54.74.0.9', '54.74.255.9'])('next door to %s is another network of the same sixteen bits', (address) => {
  const neighbors = Array.from({ length: 20 }, (_, seed) => neighborOf(address, randomStream('door', seed)));

  expect(neighbors.every((one) => /^54\.74\.\d{1,3}\.0$/.test(one) && Number(one.split('.')[2]) <= 255)).toBe(true);
  expect(neighbors).not.toContain(address.replace(/9$/, '0'));
});
