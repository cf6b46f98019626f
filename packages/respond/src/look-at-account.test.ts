import { describe, expect, it } from 'vitest';
import type { Answer, ApiCall, JsonObject } from './api-call.ts';
import { lookAtAccount } from './look-at-account.ts';
import type { Place } from './ports.ts';
import { AT } from './testing/builders.ts';

const ROLE = 'arn:aws:iam::111122223333:role/orders';
const POLICY = 'arn:aws:iam::111122223333:policy/keys';

/** As IAM gives it: in the form of a URL. */
const document = (...actions: readonly string[]) =>
  encodeURIComponent(JSON.stringify({ Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] }));

const details = (role: JsonObject = {}, keys = document('kms:*')): JsonObject => ({
  RoleDetailList: [{ Arn: ROLE, AssumeRolePolicyDocument: '%7B%7D', ...role }],
  UserDetailList: [{ Arn: 'arn:aws:iam::111122223333:user/ci', Tags: [{ Key: 'team', Value: 'x' }] }],
  Policies: [
    {
      Arn: POLICY,
      DefaultVersionId: 'v2',
      PolicyVersionList: [
        { IsDefaultVersion: false, Document: document('kms:PutKeyPolicy') },
        { IsDefaultVersion: true, Document: keys },
      ],
    },
  ],
});

function account(given: JsonObject, refusedIn?: string) {
  const call = ({ operation }: ApiCall, { region }: Place): Promise<Answer> => {
    if (region !== undefined && region === refusedIn) {
      return Promise.resolve({ kind: 'refused', code: 'AccessDenied', message: 'no' });
    }
    if (operation === 'iam:GetAccountAuthorizationDetails') return Promise.resolve({ kind: 'done', output: given });
    const lambda = { FunctionArn: `arn:aws:lambda:${region}:111122223333:function:pay`, Role: ROLE };
    return Promise.resolve({ kind: 'done', output: { Functions: [{ ...lambda, VpcConfig: { VpcId: '' } }] } });
  };
  return lookAtAccount('111122223333', ['eu-west-1', 'us-east-1'], { call, now: () => AT });
}

async function roleOf(given: JsonObject) {
  const looked = await account(given);
  return looked.kind === 'looked' ? looked.look.principals.find(({ arn }) => arn === ROLE) : undefined;
}

describe('lookAtAccount', () => {
  it('tells of roles, users, functions of all regions and versions of policies', async () => {
    expect(await account(details({ InstanceProfileList: [{ Arn: 'profile' }] }))).toEqual({
      kind: 'looked',
      look: {
        account: '111122223333',
        collectedAt: '2026-11-23T10:15:00Z',
        principals: [
          {
            arn: ROLE,
            tags: {},
            functions: ['eu-west-1', 'us-east-1'].map((region) => ({
              arn: `arn:aws:lambda:${region}:111122223333:function:pay`,
              roleArn: ROLE,
            })),
            trust: '{}',
            instances: true,
          },
          { arn: 'arn:aws:iam::111122223333:user/ci', tags: { team: 'x' }, functions: [] },
        ],
        policyVersions: { [POLICY]: 'v2' },
      },
    });
  });

  it('is no look where one region cannot be seen: too few functions would be counted', async () => {
    expect(await account(details(), 'us-east-1')).toEqual({
      kind: 'refused',
      call: 'lambda:ListFunctions in us-east-1',
      code: 'AccessDenied',
    });
  });

  it.each([
    { actions: ['kms:*'], is: true, why: 'all of KMS' },
    { actions: ['s3:GetObject', 'kms:Put*'], is: true, why: 'key policies among others' },
    { actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], is: undefined, why: 'use of keys' },
    { actions: ['*'], is: undefined, why: 'everything, which makes nobody a key administrator' },
  ])('knows administrators of keys: $why', async ({ actions, is }) => {
    const attached = { AttachedManagedPolicies: [{ PolicyArn: POLICY }] };
    const inline = { RolePolicyList: [{ PolicyName: 'own', PolicyDocument: document(...actions) }] };

    expect((await roleOf(details(attached, document(...actions))))?.keyAdministrator).toBe(is);
    expect((await roleOf(details(inline)))?.keyAdministrator).toBe(is);
  });
});
