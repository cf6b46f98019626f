import { type Random, randomStream } from '../random.ts';
import { dependenciesOf } from '../traffic/habits.ts';
import type { Site } from '../traffic/traffic-hour.ts';

/** A store that sites connect to, with an interface and a group of its own. */
export interface Store {
  readonly account: string;
  readonly interfaceId: string;
  readonly groupId: string;
  readonly address: string;
  readonly port: number;
}

/** What an organization's networks allow, as AWS tells it: all that their sites ever need, and more. */
export interface WideNetwork {
  /** Documents as `describe-security-groups` and `describe-network-interfaces` print them. */
  readonly documents: readonly object[];
  readonly stores: readonly Store[];
}

const ANYBODY = '0.0.0.0/0';
const INSIDE = '10.0.0.0/8';

/** Of the private addresses that sites connect to, those that have an interface in the export. */
const WITH_INTERFACE = 0.6;

/** Groups for all sites but APIs, one each, and for the stores behind them; how they are too wide is drawn. */
export function wideNetworkOf(sites: readonly Site[], seed: number): WideNetwork {
  const hosts = sites.filter(({ kind }) => kind !== 'api');
  const stores = new Map<string, Store>();
  for (const site of hosts) {
    for (const { addresses, port } of dependenciesOf(site, seed)) {
      for (const address of addresses) {
        const random = randomStream('store', seed, site.account, address);
        if (!address.startsWith('10.') || !random.chance(WITH_INTERFACE)) continue;
        const made = { account: site.account, address, port };
        stores.set(address, { ...made, interfaceId: `eni-${random.hex(17)}`, groupId: `sg-${random.hex(17)}` });
      }
    }
  }
  const groups = [
    ...hosts.map((site) => siteGroup(site, seed)),
    ...[...stores.values()].map((store) => storeGroup(store, randomStream('store-group', seed, store.address))),
  ];
  const interfaces = [...hosts.map((site) => ({ ...site, groupId: groupIdOf(site) })), ...stores.values()].map(
    ({ account, interfaceId, address, groupId }) => ({
      NetworkInterfaceId: interfaceId,
      ...ownedBy(account),
      PrivateIpAddress: address,
      PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: address }],
      Groups: [{ GroupId: groupId }],
    }),
  );
  return {
    documents: [{ SecurityGroups: groups }, { NetworkInterfaces: interfaces }],
    stores: [...stores.values()],
  };
}

function groupIdOf({ interfaceId }: Pick<Site, 'interfaceId'>): string {
  return `sg-${interfaceId.slice('eni-'.length)}`;
}

function ownedBy(account: string) {
  return { OwnerId: account, VpcId: `vpc-${account.padStart(17, '0')}` };
}

function siteGroup(site: Site, seed: number) {
  const random = randomStream('site-group', seed, site.memberId);
  const ports = [...new Set(dependenciesOf(site, seed).map(({ port }) => port))].filter((port) => port !== 443);
  const egress = random.weighted([
    // What EC2 gives every new group
    { weight: 0.5, rules: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: ANYBODY }] }] },
    { weight: 0.25, rules: [tcp(0, 65_535, ANYBODY)] },
    { weight: 0.25, rules: [tcp(443, 443, ANYBODY), ...ports.map((port) => tcp(port, port, INSIDE))] },
  ]).rules;
  const ingress = random.chance(0.5) ? [tcp(0, 65_535, INSIDE)] : [];
  const more = random.chance(0.4) ? [tcp(25, 25, ANYBODY), tcp(3389, 3389, INSIDE)] : [];
  return {
    GroupId: groupIdOf(site),
    GroupName: site.name,
    ...ownedBy(site.account),
    IpPermissions: ingress,
    IpPermissionsEgress: [...egress, ...more],
  };
}

function storeGroup({ account, groupId, port, address }: Store, random: Random) {
  return {
    GroupId: groupId,
    GroupName: `store-${address}`,
    ...ownedBy(account),
    IpPermissions: [
      random.chance(0.5) ? tcp(0, 65_535, INSIDE) : tcp(port, port, INSIDE),
      // Whoever looks around may ask on this port
      tcp(443, 443, INSIDE),
      ...(random.chance(0.4) ? [tcp(22, 22, INSIDE)] : []),
    ],
    IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: ANYBODY }] }],
  };
}

function tcp(FromPort: number, ToPort: number, CidrIp: string) {
  return { IpProtocol: 'tcp', FromPort, ToPort, IpRanges: [{ CidrIp }] };
}
