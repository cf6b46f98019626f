import { type EpochMs, isoTime } from '@portcullis/event';
import type { PrincipalUsage, Usage } from '@portcullis/review';
import { type Random, randomStream } from '../random.ts';
import { principalIdOf } from '../record/account.ts';
import type { JsonObject } from '../record/cloudtrail-record.ts';

/** How much more than it needs somebody holds, as organizations do it. */
type Manner = 'administrator' | 'all-but' | 'services' | 'wildcards' | 'exact';

const MANNERS: readonly { readonly weight: number; readonly manner: Manner }[] = [
  { weight: 15, manner: 'administrator' },
  { weight: 10, manner: 'all-but' },
  { weight: 40, manner: 'services' },
  { weight: 25, manner: 'wildcards' },
  { weight: 10, manner: 'exact' },
];

/** Granted without need, as copied policies do. */
const OTHERS = [
  'sqs',
  'sns',
  'dynamodb',
  's3',
  'ec2',
  'iam',
  'kms',
  'logs',
  'ecs',
  'rds',
  'ses',
  'glue',
  'athena',
  'ssm',
];
const VERBS = ['Get', 'List', 'Describe', 'Put', 'Create', 'Update', 'Delete'];

/**
 * The policies that the principals of a world hold: all that they use in it, and more, in the form of
 * `iam:GetAccountAuthorizationDetails`. What is too much is therefore known: whatever `used` does not have.
 *
 * @param used - of the whole world, from its first day to its last
 * @param since - when roles and policies were made
 */
export function heldPermissions(used: Usage, seed: number, since: EpochMs): JsonObject {
  const roles: JsonObject[] = [];
  const users: JsonObject[] = [];
  for (const key of [...used.principals.keys()].sort()) {
    const own = used.principals.get(key);
    const match = /^(\d{12}):(role|user)\/(.+)$/.exec(key);
    if (own === undefined || match === null) continue;
    const [, account = '', kind = '', name = ''] = match;
    const random = randomStream('held-permissions', seed, key);
    const sheet = { PolicyName: `${name}-access`, PolicyDocument: document(grants(own, random)) };
    const common = {
      Arn: `arn:aws:iam::${account}:${kind}/${name}`,
      Path: '/',
      CreateDate: isoTime(since),
      AttachedManagedPolicies: [],
      Tags: [],
    };
    if (kind === 'user') {
      const UserId = principalIdOf('AIDA', { id: account, region: '' }, name);
      users.push({ ...common, UserName: name, UserId, UserPolicyList: [sheet], GroupList: [] });
    } else {
      const RoleId = principalIdOf('AROA', { id: account, region: '' }, name);
      const AssumeRolePolicyDocument = document(trust(own, account, random));
      roles.push({ ...common, RoleName: name, RoleId, RolePolicyList: [sheet], AssumeRolePolicyDocument });
    }
  }
  return { UserDetailList: users, GroupDetailList: [], RoleDetailList: roles, Policies: [] };
}

function document(statements: readonly JsonObject[]): JsonObject {
  return { Version: '2012-10-17', Statement: statements };
}

function allow(actions: readonly string[], resources: readonly string[] = ['*']): JsonObject {
  return { Effect: 'Allow', Action: actions, Resource: resources };
}

function grants({ actions, unmapped }: PrincipalUsage, random: Random): readonly JsonObject[] {
  const used = [...actions].filter(([, { calls }]) => calls > 0).map(([name]) => name);
  const services = [...new Set([...used.map(serviceOf), ...unmapped.keys()])].sort();
  const whole = [...unmapped.keys()].sort().map((service) => `${service}:*`);
  const { manner } = random.weighted(MANNERS);
  switch (manner) {
    case 'administrator':
      return [allow(['*'])];
    case 'all-but':
      return [
        { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
        allow([
          'iam:List*',
          'iam:Get*',
          'organizations:Describe*',
          ...used.filter((name) => /^(?:iam|organizations|account):/.test(name)),
        ]),
      ];
    case 'services': {
      const more = random.shuffled(OTHERS).slice(0, random.int(1, 5));
      return [allow([...new Set([...services, ...more])].sort().map((service) => `${service}:*`))];
    }
    case 'wildcards': {
      const verbs = services.flatMap((service) =>
        VERBS.filter(() => random.chance(0.4)).map((verb) => `${service}:${verb}*`),
      );
      return [allow([...used, ...whole]), ...(verbs.length > 0 ? [allow(verbs)] : [])];
    }
    case 'exact':
      return exactly(actions, whole);
    default:
      return manner satisfies never;
  }
}

function exactly(actions: PrincipalUsage['actions'], whole: readonly string[]): readonly JsonObject[] {
  const used = [...actions].filter(([, { calls }]) => calls > 0);
  return [
    ...used.map(([name, { things, unknownThings }]) =>
      allow([name], unknownThings ? ['*'] : [...things.keys()].sort()),
    ),
    ...(whole.length > 0 ? [allow(whole)] : []),
  ];
}

function trust({ takenUpBy }: PrincipalUsage, account: string, random: Random): readonly JsonObject[] {
  const real = [...takenUpBy.keys()].sort().map((truster) => trusted(truster, account));
  const more = [
    ...(random.chance(0.2) ? [{ Service: 'ec2.amazonaws.com' }] : []),
    ...(random.chance(0.15) ? [{ AWS: `arn:aws:iam::${String(random.int(2, 9)).repeat(12)}:root` }] : []),
  ];
  const all: JsonObject[] = [...real, ...more];
  const principals = all.length > 0 ? all : [{ Service: 'lambda.amazonaws.com' }];
  return principals.map((Principal) => ({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }));
}

function trusted(truster: string, account: string): JsonObject {
  if (truster.startsWith('federated:saml')) return { Federated: `arn:aws:iam::${account}:saml-provider/workforce` };
  if (truster.startsWith('federated:')) return { Federated: `arn:aws:iam::${account}:oidc-provider/ci` };
  if (truster.includes('-provider/')) return { Federated: truster };
  return truster.endsWith('.amazonaws.com') ? { Service: truster } : { AWS: truster };
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(':'));
}
