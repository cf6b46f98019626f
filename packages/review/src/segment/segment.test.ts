import { DAY_MS, type FlowEvent } from '@portcullis/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressText, cidrText, contains, parseCidr } from './cidr.ts';
import { createFlowCollector } from './collect-flows.ts';
import { trafficGraph } from './graph.ts';
import { readNetworkExport } from './network-export.ts';
import { openerOf } from './opener.ts';
import { peerText, portText } from './rule.ts';
import { DEFAULT_SEGMENT, type GroupReview, rulesAfter, segment } from './segment.ts';

const ACCOUNT = '111122223333';
const START = Date.UTC(2026, 0, 1);

/** Groups `sg-web` (10.0.1.10) and `sg-db` (10.0.2.20), with these rules of the latter. */
function network(ingress: readonly object[], egress: readonly object[] = []) {
  const group = (GroupId: string, IpPermissions: readonly object[], IpPermissionsEgress: readonly object[]) => ({
    GroupId,
    GroupName: GroupId.slice('sg-'.length),
    OwnerId: ACCOUNT,
    VpcId: 'vpc-1',
    IpPermissions,
    IpPermissionsEgress,
  });
  const member = (NetworkInterfaceId: string, GroupId: string, PrivateIpAddress: string) => ({
    NetworkInterfaceId,
    OwnerId: ACCOUNT,
    VpcId: 'vpc-1',
    Groups: [{ GroupId }],
    PrivateIpAddress,
    PrivateIpAddresses: [{ PrivateIpAddress }],
  });
  return readNetworkExport([
    { SecurityGroups: [group('sg-web', [], [tcp(0, 65_535, '0.0.0.0/0')]), group('sg-db', ingress, egress)] },
    { NetworkInterfaces: [member('eni-web', 'sg-web', '10.0.1.10'), member('eni-db', 'sg-db', '10.0.2.20')] },
  ]);
}

function tcp(FromPort: number, ToPort: number, CidrIp: string) {
  return { IpProtocol: 'tcp', FromPort, ToPort, IpRanges: [{ CidrIp }] };
}

function flow(day: number, more: Partial<FlowEvent> = {}): FlowEvent {
  return {
    source: 'vpc-flow',
    id: `${day}`,
    time: START + day * DAY_MS,
    end: START + day * DAY_MS + 60_000,
    account: ACCOUNT,
    interfaceId: 'eni-db',
    from: { address: '10.0.1.10', port: 40_000 },
    to: { address: '10.0.2.20', port: 5432 },
    protocol: 6,
    packets: 3,
    bytes: 1000,
    accepted: true,
    direction: undefined,
    tcpFlags: undefined,
    vpcId: undefined,
    subnetId: undefined,
    instanceId: undefined,
    ...more,
  };
}

const daily = (more: Partial<FlowEvent> = {}, days = 95) => Array.from({ length: days }, (_, day) => flow(day, more));

function reviewed(of: ReturnType<typeof network>, flows: readonly FlowEvent[], id = 'sg-db'): GroupReview {
  const collector = createFlowCollector(of.interfaces);
  for (const one of flows) collector.observe(one);
  const found = segment(of, collector.record()).groups.find(({ group }) => group.id === id);
  if (found === undefined) throw new Error(`no review of ${id}`);
  return found;
}

function rulesOf(review: GroupReview): readonly string[] {
  if (review.kind === 'refused') return [review.reason];
  return rulesAfter(review).map((rule) => `${rule.direction} ${portText(rule)} ${peerText(rule.peer)}`);
}

describe('a proposal', () => {
  const stranger = { from: { address: '10.9.3.7', port: 50_000 } };

  it.each([
    {
      why: 'both ends are known: the group instead of its address',
      ingress: [tcp(0, 65_535, '10.0.0.0/8')],
      flows: daily(),
      rules: ['ingress tcp 5432 sg-web'],
    },
    {
      why: 'an unknown private peer: never one address alone',
      ingress: [tcp(5432, 5432, '10.0.0.0/8')],
      flows: daily(stranger),
      rules: ['ingress tcp 5432 10.9.3.0/24'],
    },
    {
      why: 'never wider than the rule',
      ingress: [tcp(5432, 5432, '10.9.3.0/28')],
      flows: daily(stranger),
      rules: ['ingress tcp 5432 10.9.3.0/28'],
    },
    {
      why: 'a rule that nothing rested on goes, and what a tighter one carries does not keep the wide one',
      ingress: [tcp(5432, 5432, '10.9.3.0/24'), tcp(22, 22, '0.0.0.0/0'), tcp(0, 65_535, '0.0.0.0/0')],
      flows: daily(stranger),
      rules: ['ingress tcp 5432 10.9.3.0/24'],
    },
    {
      why: 'rare use stays as it is',
      ingress: [tcp(5432, 5432, '10.9.3.0/24'), tcp(22, 22, '10.0.0.0/8')],
      flows: [...daily(stranger), flow(3, { ...stranger, to: { address: '10.0.2.20', port: 22 } })],
      rules: ['ingress tcp 5432 10.9.3.0/24', 'ingress tcp 22 10.0.0.0/8'],
    },
    {
      why: 'networks that go on showing: wider blocks',
      ingress: [tcp(5432, 5432, '10.0.0.0/8')],
      flows: daily().map((one, day) => ({
        ...one,
        from: { address: `10.9.${day % 2 || day < 60 ? 3 : 9}.7`, port: 50_000 },
      })),
      rules: ['ingress tcp 5432 10.9.0.0/20'],
    },
    {
      why: 'clients from everywhere: ports only',
      ingress: [tcp(0, 65_535, '0.0.0.0/0')],
      flows: daily().map((one, day) => ({ ...one, from: { address: `${20 + day}.1.1.1`, port: 50_000 } })),
      rules: ['ingress tcp 5432 0.0.0.0/0'],
    },
    {
      why: 'ports that go on showing stay open',
      ingress: [tcp(1024, 65_535, '10.9.3.0/24')],
      flows: daily(stranger).map((one, day) => ({ ...one, to: { address: '10.0.2.20', port: 2000 + 20 * day } })),
      rules: ['ingress tcp 1024-65535 10.9.3.0/24'],
    },
    {
      why: 'the answer to what it asked itself is no use of ingress',
      ingress: [tcp(32_768, 65_535, '0.0.0.0/0')],
      egress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      flows: daily({ from: { address: '52.1.2.3', port: 443 }, to: { address: '10.0.2.20', port: 40_000 } }),
      rules: ['egress tcp 443 52.1.2.0/24'],
    },
    {
      why: 'who opened is not told: asked for both ways',
      ingress: [tcp(8080, 8080, '10.9.3.0/24')],
      egress: [tcp(9000, 9000, '10.9.3.0/24')],
      flows: daily({ from: { address: '10.9.3.7', port: 9000 }, to: { address: '10.0.2.20', port: 8080 } }),
      rules: ['ingress tcp 8080 10.9.3.0/24', 'egress tcp 9000 10.9.3.0/24'],
    },
    {
      why: 'a list of prefixes that the export does not spell out keeps its peers',
      ingress: [{ IpProtocol: 'tcp', FromPort: 0, ToPort: 65_535, PrefixListIds: [{ PrefixListId: 'pl-1' }] }],
      flows: daily(stranger),
      rules: ['ingress tcp 5432 pl-1'],
    },
  ])('$why', ({ ingress, egress = [], flows, rules }) => {
    const review = reviewed(network(ingress, egress), flows);

    expect(rulesOf(review)).toEqual(rules);
    expect(review).toMatchObject({ checked: { broken: 0, undecided: 0 } });
  });

  it('leaves to an interface that is gone what any group could have let it do', () => {
    const of = network([tcp(5432, 5432, '10.0.0.0/8'), tcp(22, 22, '10.0.0.0/8')]);
    const gone = {
      interfaceId: 'eni-gone',
      direction: 'ingress' as const,
      to: { address: '10.0.5.5', port: 22 },
      from: { address: '10.9.3.7', port: 50_000 },
    };

    expect(rulesOf(reviewed(of, [...daily(), ...daily(gone)]))).toEqual([
      'ingress tcp 5432 sg-web',
      'ingress tcp 22 10.9.3.0/24',
    ]);
  });
});

describe('nothing is proposed', () => {
  const rules = [tcp(0, 65_535, '0.0.0.0/0')];

  it.each([
    { reason: 'history-too-short', flows: daily({}, 60) },
    { reason: 'gap-in-logs', flows: daily().filter((_, day) => day < 40 || day > 50) },
    {
      reason: 'seldom-used',
      flows: [flow(0), flow(94), ...daily({ interfaceId: 'eni-web', to: { address: '10.9.3.7', port: 1 } })],
    },
    { reason: 'interfaces-unseen', flows: daily({ interfaceId: 'eni-web' }) },
    { reason: 'too-young', flows: [...daily({ interfaceId: 'eni-web' }), ...daily().slice(50)] },
  ])('$reason', ({ reason, flows }) => {
    expect(rulesOf(reviewed(network(rules), flows))).toEqual([reason]);
  });

  it('of what break-glass groups hold', () => {
    const of = network(rules);
    const groups = of.groups.map((group) => ({ ...group, name: 'emergency-access' }));

    expect(rulesOf(reviewed({ ...of, groups }, daily()))).toEqual(['kept-by-name']);
    expect(DEFAULT_SEGMENT.keep.length).toBeGreaterThan(0);
  });
});

describe('who opened', () => {
  it.each([
    { from: 50_000, to: 443, opener: 'from', why: 'to a port of the system' },
    { from: 8080, to: 50_000, opener: 'to', why: 'from a server to a port that kernels hand out' },
    { from: 2000, to: 8080, opener: 'either', why: 'gateways use all ports from 1024 as clients' },
    { from: 443, to: 50_000, flags: 2, opener: 'from', why: 'SYN alone opens, whatever the ports' },
    { from: 50_000, to: 443, flags: 19, opener: 'to', why: 'SYN and ACK answer' },
    { from: 50_000, to: 443, flags: 1, opener: 'from', why: 'FIN says nothing of it' },
    { from: 0, to: 0, protocol: 1, opener: 'either', why: 'ICMP has no ports' },
  ])('$from to $to: $opener ($why)', ({ from, to, flags, protocol = 6, opener }) => {
    const ends = { from: { address: '10.0.1.10', port: from }, to: { address: '10.0.2.20', port: to } };

    expect(openerOf(flow(0, { ...ends, protocol, tcpFlags: flags }))).toBe(opener);
  });
});

it('tells who talks to whom once, though both ends log it', () => {
  const of = network([]);
  const collector = createFlowCollector(of.interfaces);
  for (const one of [...daily(), ...daily({ interfaceId: 'eni-web' })]) collector.observe(one);
  const lookup = (address: string) => ({ kind: 'public' as const, address, prefix: address });

  expect(trafficGraph(collector.record(), of, lookup).edges).toEqual([
    {
      from: 'sg-web',
      to: 'sg-db',
      port: 'tcp 5432',
      bytes: 95_000,
      flows: 95,
      days: 95,
      lastDay: expect.any(Number),
      unsure: false,
    },
  ]);
});

it('collects the same in any order, also where there are too many peers to tell apart', () => {
  const of = network([]);
  const flows = Array.from({ length: 1500 }, (_, index) =>
    flow(index % 9, { from: { address: `${1 + (index % 200)}.${index % 7}.3.${index % 250}`, port: 50_000 } }),
  );
  const recordOf = (list: readonly FlowEvent[]) => {
    const collector = createFlowCollector(of.interfaces);
    for (const one of list) collector.observe(one);
    return collector
      .record()
      .ports.map(({ peers }) => peers.map(({ cidr, bytes }) => `${cidrText(cidr)} ${bytes}`).sort());
  };

  expect(recordOf(flows.toReversed())).toEqual(recordOf(flows));
  expect(recordOf(flows)[0]?.length).toBeLessThanOrEqual(512);
});

describe('blocks of addresses', () => {
  it.each([
    ['10.1.2.3/16', '10.1.0.0/16'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:db8:0:0:1::1/64', '2001:db8::/64'],
    ['::/0', '::/0'],
    ['::ffff:10.0.0.1', '10.0.0.1/32'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3/128'],
  ])('%s is %s', (text, read) => {
    const cidr = parseCidr(text);

    expect(cidr && cidrText(cidr)).toBe(read);
  });

  it('are read again as they are written, and hold what they come from', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.integer({ min: 0, max: 32 }), (address, bits) => {
        const [one, block] = [parseCidr(address), parseCidr(`${address}/${bits}`)];
        if (one === undefined || block === undefined) return address.includes('::ffff');
        return (
          contains(block, one) &&
          cidrText(parseCidr(cidrText(block)) ?? one) === cidrText(block) &&
          parseCidr(addressText(one))?.first === one.first
        );
      }),
    );
  });
});
