import type { CutDetails, PlannedCut } from '../cut.ts';
import {
  denyActions,
  denyAddresses,
  denyConsole,
  denyEverything,
  denyOlderSessions,
  denyOutsideVpc,
  denySessions,
} from '../deny-statements.ts';
import { entityOf } from '../draft-cut.ts';
import { type AccountModel, emptyAccount } from './account-model.ts';
import { ACCOUNT, aCut, FUNCTION, ROLE, USER } from './builders.ts';

const SET = 'arn:aws:sso:::permissionSet/ssoins-1/ps-1';
const MANAGED = `arn:aws:iam::${ACCOUNT}:policy/app`;
const UUID = '0a1b2c3d-0000-4000-8000-000000000001';

/** An account in which each kind of cut has something to cut. */
export function aBusyAccount(): AccountModel {
  return {
    ...emptyAccount(ACCOUNT),
    roles: {
      orders: {
        arn: ROLE,
        attached: [MANAGED, 'arn:aws:iam::aws:policy/AdministratorAccess'],
        inline: { extra: '{"a":1}' },
        trust: '{"Statement":[{"Principal":"*"}],"Version":"2012-10-17"}',
      },
    },
    users: {
      alice: {
        arn: USER,
        attached: [],
        inline: {},
        keys: { AKIA1: 'Active', AKIA2: 'Inactive', AKIA3: 'Active' },
        groups: ['admins', 'staff'],
      },
    },
    policies: { [MANAGED]: { versions: { v1: '{}', v2: '{"b":2}' }, defaultVersion: 'v2' } },
    functions: {
      [FUNCTION]: {
        statements: [
          {
            Sid: 'own',
            Effect: 'Allow',
            Principal: { Service: 's3.amazonaws.com' },
            Action: 'lambda:InvokeFunction',
            Resource: FUNCTION,
            Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::in' } },
          },
          {
            Sid: 'in',
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::999988887777:root' },
            Action: 'lambda:InvokeFunction',
            Resource: FUNCTION,
          },
        ],
        concurrency: 7,
        provisioned: 0,
        urlAuth: 'NONE',
        aliases: { live: { version: '4', routing: { '5': 0.1 } } },
      },
    },
    eventSources: { [UUID]: { state: 'Enabled' } },
    snapshots: { 'snap-1': ['999988887777', 'all'] },
    images: { 'ami-1': ['999988887777'] },
    interfaces: { 'eni-1': ['sg-2', 'sg-1'] },
    permissionSets: {
      [SET]: {
        inline: '{"Statement":[{"Action":"s3:*","Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"}',
        provisioned: '{"Statement":[{"Action":"s3:*","Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"}',
      },
    },
  };
}

/** Names of what is cut in an account: made up in memory, given by AWS elsewhere. */
export interface SampleNames {
  readonly account: string;
  readonly role: string;
  readonly user: string;
  readonly function: string;
  readonly eventSource: string;
  readonly snapshot: string;
  readonly image: string;
  readonly networkInterface: string;
  readonly isolationGroup: string;
  readonly instance: string;
  readonly permissionSet: string;
  readonly managedPolicy: string;
  /** Attached to the role in the episode. */
  readonly grantedPolicy: string;
  readonly organizationTarget: string;
}

const SAMPLE_NAMES: SampleNames = {
  account: ACCOUNT,
  role: ROLE,
  user: USER,
  function: FUNCTION,
  eventSource: UUID,
  snapshot: 'snap-1',
  image: 'ami-1',
  networkInterface: 'eni-1',
  isolationGroup: 'sg-9',
  instance: 'arn:aws:sso:::instance/ssoins-1',
  permissionSet: SET,
  managedPolicy: MANAGED,
  grantedPolicy: 'arn:aws:iam::aws:policy/AdministratorAccess',
  organizationTarget: 'ou-1',
};

const proof = 'event-1';

function samples(names: SampleNames): readonly (readonly [target: string, details: CutDetails])[] {
  const { account, function: lambda } = names;
  const role = entityOf(names.role) ?? { kind: 'role', arn: names.role, name: 'orders' };
  const user = entityOf(names.user) ?? { kind: 'user', arn: names.user, name: 'alice' };
  const addresses = denyAddresses(['203.0.113.9', '2001:db8::1']);
  const inEc2 = (what: string) => `arn:aws:ec2:eu-west-1:${account}:${what}`;
  return [
    [role.arn, { kind: 'deny-actions', entity: role, statements: [denyActions(['iam:CreateUser'])] }],
    [role.arn, { kind: 'deny-session', entity: role, statements: [denySessions(['AROAORDERS:x'])] }],
    [role.arn, { kind: 'deny-elsewhere', entity: role, statements: [denyOutsideVpc('vpc-0a')] }],
    [role.arn, { kind: 'deny-addresses', entity: role, statements: addresses === undefined ? [] : [addresses] }],
    [role.arn, { kind: 'deny-category', entity: role, statements: [denyEverything()] }],
    [role.arn, { kind: 'deny-older-sessions', entity: role, statements: [denyOlderSessions()] }],
    [user.arn, { kind: 'deny-console', entity: user, statements: [denyConsole()] }],
    [user.arn, { kind: 'turn-keys-off', user: user.name }],
    [lambda, { kind: 'remove-function-permission', function: lambda, grantee: '999988887777', proof }],
    [lambda, { kind: 'stop-function', function: lambda }],
    [lambda, { kind: 'close-function-url', function: lambda }],
    [
      `arn:aws:lambda:eu-west-1:${account}:event-source-mapping:${names.eventSource}`,
      { kind: 'stop-event-source', uuid: names.eventSource },
    ],
    [lambda, { kind: 'return-alias', function: lambda, alias: 'live', version: '3' }],
    [role.arn, { kind: 'detach-granted-policy', entity: role, policyArn: names.grantedPolicy, proof }],
    [role.arn, { kind: 'delete-granted-policy', entity: role, policyName: 'extra', proof }],
    [user.arn, { kind: 'leave-granted-group', user: user.name, group: 'admins', proof }],
    [
      inEc2(`snapshot/${names.snapshot}`),
      { kind: 'unshare', what: 'snapshot', id: names.snapshot, with: 'all', proof },
    ],
    [inEc2(`image/${names.image}`), { kind: 'unshare', what: 'image', id: names.image, with: '999988887777', proof }],
    [
      role.arn,
      {
        kind: 'restore-trust',
        role: role.name,
        document:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"lambda.amazonaws.com"}}]}',
        proof,
      },
    ],
    [names.managedPolicy, { kind: 'restore-policy-version', policyArn: names.managedPolicy, version: 'v1', proof }],
    [
      names.permissionSet,
      {
        kind: 'deny-in-permission-set',
        instanceArn: names.instance,
        permissionSetArn: names.permissionSet,
        userId: 'u-1',
        actions: ['iam:CreateUser'],
      },
    ],
    [
      inEc2(`network-interface/${names.networkInterface}`),
      {
        kind: 'isolate-network',
        networkInterface: names.networkInterface,
        securityGroup: names.isolationGroup,
      },
    ],
    [
      `arn:aws:organizations::${account}:account/o-1`,
      {
        kind: 'pin-by-organization',
        targetId: names.organizationTarget,
        account,
        except: ['arn:aws:iam::*:role/portcullis-revert'],
      },
    ],
  ];
}

/** One cut of each kind, all of which that account allows. */
export function sampleCuts(alert = 'a1', names = SAMPLE_NAMES): readonly PlannedCut[] {
  return samples(names).map(([target, details]) => aCut(details, target, { account: names.account }, alert));
}
