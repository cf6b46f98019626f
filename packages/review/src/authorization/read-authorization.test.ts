import { describe, expect, it } from 'vitest';
import { ReviewInputError } from '../errors.ts';
import { readAuthorization } from './read-authorization.ts';

const ACCOUNT = '111122223333';
const document = { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
const MANAGED = `arn:aws:iam::${ACCOUNT}:policy/reading`;

const page = {
  UserDetailList: [
    {
      Arn: `arn:aws:iam::${ACCOUNT}:user/staff/ana`,
      UserName: 'ana',
      Path: '/staff/',
      GroupList: ['readers'],
      CreateDate: '2025-01-02T00:00:00+00:00',
    },
  ],
  GroupDetailList: [
    {
      Arn: `arn:aws:iam::${ACCOUNT}:group/readers`,
      GroupName: 'readers',
      GroupPolicyList: [{ PolicyName: 'own', PolicyDocument: document }],
      AttachedManagedPolicies: [{ PolicyArn: MANAGED, PolicyName: 'reading' }],
    },
  ],
  RoleDetailList: [
    {
      Arn: `arn:aws:iam::${ACCOUNT}:role/orders`,
      RoleName: 'orders',
      Path: '/',
      AssumeRolePolicyDocument: encodeURIComponent(
        JSON.stringify({
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        }),
      ),
      RolePolicyList: [{ PolicyName: 'inline', PolicyDocument: encodeURIComponent(JSON.stringify(document)) }],
      AttachedManagedPolicies: [{ PolicyArn: MANAGED, PolicyName: 'reading' }],
      PermissionsBoundary: { PermissionsBoundaryArn: `${MANAGED}-boundary` },
      Tags: [{ Key: 'team', Value: 'orders' }],
    },
  ],
  Policies: [
    {
      Arn: MANAGED,
      PolicyVersionList: [
        {
          VersionId: 'v1',
          IsDefaultVersion: false,
          Document: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
        },
        { VersionId: 'v2', IsDefaultVersion: true, Document: document, CreateDate: 1_735_776_000 },
      ],
    },
  ],
};

function readPages(...pages: readonly unknown[]) {
  return readAuthorization({
    async *pages() {
      yield* pages;
    },
  });
}

describe('readAuthorization', () => {
  it('finds all that a role and a user hold, through groups and managed policies', async () => {
    const [role, user] = await readPages(page);

    expect(role).toMatchObject({
      key: `${ACCOUNT}:role/orders`,
      policies: [
        { via: 'inline', name: 'inline' },
        { via: 'managed', arn: MANAGED, since: 1_735_776_000_000 },
      ],
      boundary: `${MANAGED}-boundary`,
      trust: [{ principals: [{ kind: 'Service', name: 'lambda.amazonaws.com' }] }],
      tags: new Map([['team', 'orders']]),
      unreadable: [],
    });
    expect(role?.policies.flatMap(({ statements }) => statements).map(({ actions }) => actions)).toEqual([
      ['s3:GetObject'],
      ['s3:GetObject'],
    ]);
    expect(user).toMatchObject({
      kind: 'user',
      key: `${ACCOUNT}:user/ana`,
      createdAt: Date.UTC(2025, 0, 2),
      policies: [
        { via: 'group', group: 'readers', name: 'own' },
        { via: 'group', group: 'readers', arn: MANAGED },
      ],
    });
  });

  it('says the same of pages as of the whole, whatever their order', async () => {
    const { Policies, GroupDetailList, RoleDetailList, UserDetailList } = page;

    expect(await readPages({ UserDetailList }, { RoleDetailList }, { GroupDetailList, Policies })).toEqual(
      await readPages(page),
    );
  });

  it('keeps who cannot be read whole, and says what is missing', async () => {
    const [role, user] = await readPages({ ...page, Policies: [], GroupDetailList: [] });

    expect(role?.unreadable).toEqual([`managed policy ${MANAGED}`]);
    expect(user?.unreadable).toEqual(['group readers']);
  });

  it.each([
    { value: [], why: 'a list' },
    { value: { Roles: [] }, why: 'another call' },
    { value: { RoleDetailList: [{ Arn: 'orders' }] }, why: 'no ARN' },
  ])('refuses $why', async ({ value }) => {
    await expect(readPages(value)).rejects.toThrow(ReviewInputError);
  });
});
