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

const role = entityOf(ROLE) ?? { kind: 'role', arn: ROLE, name: 'orders' };
const user = entityOf(USER) ?? { kind: 'user', arn: USER, name: 'alice' };
const proof = 'event-1';
const addresses = denyAddresses(['203.0.113.9', '2001:db8::1']);

const SAMPLES: readonly (readonly [target: string, details: CutDetails])[] = [
  [ROLE, { kind: 'deny-actions', entity: role, statements: [denyActions(['iam:CreateUser'])] }],
  [ROLE, { kind: 'deny-session', entity: role, statements: [denySessions(['AROAORDERS:x'])] }],
  [ROLE, { kind: 'deny-elsewhere', entity: role, statements: [denyOutsideVpc('vpc-0a')] }],
  [ROLE, { kind: 'deny-addresses', entity: role, statements: addresses === undefined ? [] : [addresses] }],
  [ROLE, { kind: 'deny-category', entity: role, statements: [denyEverything()] }],
  [ROLE, { kind: 'deny-older-sessions', entity: role, statements: [denyOlderSessions()] }],
  [USER, { kind: 'deny-console', entity: user, statements: [denyConsole()] }],
  [USER, { kind: 'turn-keys-off', user: 'alice' }],
  [FUNCTION, { kind: 'remove-function-permission', function: FUNCTION, grantee: '999988887777', proof }],
  [FUNCTION, { kind: 'stop-function', function: FUNCTION }],
  [FUNCTION, { kind: 'close-function-url', function: FUNCTION }],
  [`arn:aws:lambda:eu-west-1:${ACCOUNT}:event-source-mapping:${UUID}`, { kind: 'stop-event-source', uuid: UUID }],
  [FUNCTION, { kind: 'return-alias', function: FUNCTION, alias: 'live', version: '3' }],
  [
    ROLE,
    { kind: 'detach-granted-policy', entity: role, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess', proof },
  ],
  [ROLE, { kind: 'delete-granted-policy', entity: role, policyName: 'extra', proof }],
  [USER, { kind: 'leave-granted-group', user: 'alice', group: 'admins', proof }],
  [
    `arn:aws:ec2:eu-west-1:${ACCOUNT}:snapshot/snap-1`,
    { kind: 'unshare', what: 'snapshot', id: 'snap-1', with: 'all', proof },
  ],
  [
    `arn:aws:ec2:eu-west-1:${ACCOUNT}:image/ami-1`,
    { kind: 'unshare', what: 'image', id: 'ami-1', with: '999988887777', proof },
  ],
  [
    ROLE,
    {
      kind: 'restore-trust',
      role: 'orders',
      document: '{"Version":"2012-10-17","Statement":[{"Principal":{"Service":"lambda.amazonaws.com"}}]}',
      proof,
    },
  ],
  [MANAGED, { kind: 'restore-policy-version', policyArn: MANAGED, version: 'v1', proof }],
  [
    SET,
    {
      kind: 'deny-in-permission-set',
      instanceArn: 'arn:aws:sso:::instance/ssoins-1',
      permissionSetArn: SET,
      userId: 'u-1',
      actions: ['iam:CreateUser'],
    },
  ],
  [
    `arn:aws:ec2:eu-west-1:${ACCOUNT}:network-interface/eni-1`,
    { kind: 'isolate-network', networkInterface: 'eni-1', securityGroup: 'sg-9' },
  ],
  [
    `arn:aws:organizations::${ACCOUNT}:account/o-1`,
    {
      kind: 'pin-by-organization',
      targetId: 'ou-1',
      account: ACCOUNT,
      except: ['arn:aws:iam::*:role/portcullis-revert'],
    },
  ],
];

/** One cut of each kind, all of which that account allows. */
export function sampleCuts(alert = 'a1'): readonly PlannedCut[] {
  return SAMPLES.map(([target, details]) => aCut(details, target, {}, alert));
}
