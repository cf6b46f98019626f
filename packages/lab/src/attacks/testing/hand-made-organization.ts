import { DAY_MS, type EpochMs } from '@portcullis/event';
import { type CallHabit, habit } from '../../actors/recorded.ts';
import { describeTable, getObject, putObject, tableItem } from '../../calls/data.ts';
import { getRole } from '../../calls/identity.ts';
import { getFunctionConfiguration, listFunctions, updateFunctionCode } from '../../calls/lambda.ts';
import { describeAlarms, describeInstances, getMetricData, listMetrics } from '../../calls/operations.ts';
import { getParameter, getSecretValue } from '../../calls/secrets.ts';
import type { Member, MemberKind, Organization, Resource, ResourceKind } from '../../organization.ts';
import { type Account, accessKeyIdOf } from '../../record/account.ts';
import { type Client, iamUser, roleSession } from '../../record/caller.ts';

/** A Monday. */
export const WORLD_START = Date.UTC(2026, 0, 5);
const MAIN: Account = { id: '111122223333', region: 'eu-west-1' };
const OTHER: Account = { id: '123456789012', region: 'eu-west-1' };

const things = (kind: ResourceKind, team: string, ...names: string[]): Resource[] =>
  names.map((name) => ({ kind, team, name, account: MAIN }));

const ESTATE: readonly Resource[] = [
  ...things('secret', 'shop', 'shop/database', 'shop/payments', 'shop/mail'),
  ...things('secret', 'data', 'data/warehouse', 'data/token', 'data/partner', 'data/ftp', 'data/vault'),
  ...things('parameter', 'shop', '/shop/config', '/shop/endpoint'),
  ...things('bucket', 'shop', 'shop-media', 'shop-exports'),
  ...things('bucket', 'data', 'data-lake', 'data-raw', 'data-archive'),
  ...things('table', 'shop', 'orders', 'carts', 'customers'),
  ...things('function', 'shop', 'orders-api', 'mailer', 'resize'),
  ...things('role', 'shop', 'orders-api-role', 'mailer-role', 'shop-deploy', 'shop-admin'),
  ...things('user', 'data', 'exporter', 'old-sync'),
  ...things('trail', 'shop', 'shop-audit'),
  ...things('detector', 'shop', 'a1b2c3d4e5f60718293a4b5c6d7e8f90'),
  ...things('log-group', 'shop', '/aws/lambda/orders-api', '/aws/lambda/mailer'),
];

interface Sketch {
  readonly kind: MemberKind;
  readonly callsPerActiveDay: number;
  readonly hours: readonly [number, number];
  readonly habits: readonly CallHabit[];
  readonly resources: readonly Resource[];
  readonly client: Client;
  readonly cadence?: Member['cadence'];
}

const LOOKS = [
  habit(5, () => getMetricData('AWS/Lambda')),
  habit(3, () => describeAlarms()),
  habit(3, () => describeInstances()),
  habit(2, () => listFunctions()),
  habit(2, () => getFunctionConfiguration('orders-api')),
];

const SKETCHES: readonly Sketch[] = [
  {
    kind: 'person',
    callsPerActiveDay: 45,
    hours: [9, 18],
    habits: [...LOOKS, habit(1, () => getSecretValue(MAIN, 'shop/mail')), habit(1, () => getRole('mailer-role'))],
    resources: things('secret', 'shop', 'shop/mail'),
    client: { address: '203.0.113.24', userAgent: 'aws-cli/2.31.20 md/awscrt#0.27.6 os/macos' },
  },
  {
    kind: 'function',
    callsPerActiveDay: 1200,
    hours: [0, 24],
    habits: [
      habit(8, () => tableItem(MAIN, 'GetItem', 'orders')),
      habit(3, () => tableItem(MAIN, 'PutItem', 'orders')),
      habit(1, () => getSecretValue(MAIN, 'shop/database')),
      habit(1, (random) => getObject('shop-media', `${random.hex(6)}.png`)),
    ],
    resources: [
      ...things('table', 'shop', 'orders'),
      ...things('secret', 'shop', 'shop/database'),
      ...things('bucket', 'shop', 'shop-media'),
    ],
    client: { address: '34.244.9.12', userAgent: 'aws-sdk-js/3.927.0 exec-env/AWS_Lambda_nodejs24.x' },
  },
  {
    kind: 'pipeline',
    callsPerActiveDay: 90,
    hours: [7, 19],
    habits: [
      habit(4, () => updateFunctionCode(MAIN, 'orders-api', 'orders-api-role', 'c0de')),
      habit(4, () => getFunctionConfiguration('orders-api')),
      habit(2, (random) => putObject('shop-media', `build/${random.hex(6)}.zip`)),
      habit(1, () => getParameter('/shop/config')),
    ],
    resources: [...things('function', 'shop', 'orders-api'), ...things('bucket', 'shop', 'shop-media')],
    client: { address: '20.55.8.9', userAgent: 'aws-sdk-js/3.922.0 os/linux#6.11.0-1018-azure' },
  },
  {
    kind: 'infrastructure',
    callsPerActiveDay: 220,
    hours: [6, 20],
    habits: [...LOOKS, habit(3, () => getRole('shop-deploy')), habit(2, () => describeTable('orders'))],
    resources: things('role', 'shop', 'shop-deploy'),
    client: { address: '20.109.3.4', userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.13.4 aws-sdk-go-v2/1.39.2' },
  },
  {
    kind: 'instance',
    callsPerActiveDay: 60,
    hours: [0, 24],
    habits: [
      habit(6, (random) => putObject('shop-exports', random.hex(6))),
      habit(2, () => getParameter('/shop/config')),
    ],
    resources: [...things('bucket', 'shop', 'shop-exports'), ...things('parameter', 'shop', '/shop/config')],
    client: { address: '54.74.20.1', userAgent: 'aws-sdk-go/1.55.8 amazon-ssm-agent/3.3.3050.0' },
  },
  {
    kind: 'scheduled-user',
    callsPerActiveDay: 14,
    hours: [2, 3.5],
    habits: [habit(3, () => listMetrics('AWS/Lambda')), habit(5, (random) => getObject('shop-exports', random.hex(6)))],
    resources: things('bucket', 'shop', 'shop-exports'),
    client: { address: '52.44.12.180', userAgent: 'Boto3/1.39.4 os/linux lang/python#3.11.9' },
  },
  {
    kind: 'scanner',
    callsPerActiveDay: 400,
    hours: [0, 24],
    habits: [...LOOKS, habit(4, () => getRole('orders-api-role'))],
    resources: [],
    client: { address: '54.74.99.7', userAgent: 'Boto3/1.40.1 os/linux lang/python#3.12.3' },
  },
  {
    kind: 'scheduled-user',
    callsPerActiveDay: 30,
    hours: [22, 30],
    cadence: 'periodic',
    habits: [habit(1, (random) => getObject('data-archive', random.hex(6)))],
    resources: things('bucket', 'data', 'data-archive'),
    client: { address: '52.44.12.180', userAgent: 'Boto3/1.39.4 os/linux lang/python#3.11.9' },
  },
];

function member(sketch: Sketch, number: number): Member {
  const principalName = `${sketch.kind}-${number}`;
  return {
    id: `${sketch.kind}/${number}`,
    account: MAIN,
    team: 'shop',
    joins: 0,
    leaves: 60,
    cadence: 'daily',
    principalName,
    ...sketch,
    client: () => sketch.client,
    session(at: EpochMs, _, client = sketch.client) {
      if (sketch.kind === 'scheduled-user') return iamUser(MAIN, principalName, client);
      const day = Math.floor(at / DAY_MS);
      return roleSession(
        MAIN,
        {
          roleName: principalName,
          sessionName: `${principalName}-session`,
          accessKeyId: accessKeyIdOf('ASIA', principalName, day),
          since: day * DAY_MS,
        },
        client,
      );
    },
  };
}

/** Two members of each kind, all of one team, over 60 days. */
export function handMadeOrganization(): Organization {
  return {
    name: 'hand-made',
    account: MAIN,
    accounts: [MAIN, OTHER],
    start: WORLD_START,
    days: 60,
    actors: [],
    members: SKETCHES.flatMap((sketch) => [member(sketch, 1), member(sketch, 2)]).map((one, index) => ({
      ...one,
      id: `${one.id}-${index}`,
    })),
    estate: ESTATE,
    planned: [],
    troubles: [],
  };
}
