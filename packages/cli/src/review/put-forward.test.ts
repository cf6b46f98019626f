import { listRevocations } from '@portcullis/respond';
import { AT, aBusyAccount, aPolicy, memoryAccount, memoryPorts } from '@portcullis/respond/testing';
import { readAuthorization, review, type Usage } from '@portcullis/review';
import { describe, expect, it } from 'vitest';
import { putForward } from './put-forward.ts';

const ACCOUNT = '111122223333';
const LAST_DAY = Math.floor(AT / 86_400_000) - 1;
const DAYS = Array.from({ length: 100 }, (_, i) => LAST_DAY - 99 + i);

const usage: Usage = {
  principals: new Map([
    [
      `${ACCOUNT}:role/orders`,
      {
        actions: new Map([
          [
            'dynamodb:PutItem',
            {
              calls: 9,
              refused: 0,
              firstDay: DAYS[0] ?? 0,
              lastDay: LAST_DAY,
              things: new Map(),
              unknownThings: true,
              implied: false,
            },
          ],
        ]),
        unmapped: new Map(),
        takenUpBy: new Map(),
        activeDays: new Set(DAYS),
        incomplete: false,
      },
    ],
  ]),
  days: new Map([[ACCOUNT, new Set(DAYS)]]),
  services: new Map([[ACCOUNT, new Set(['dynamodb'])]]),
  unattributed: new Map(),
  source: 'baselines',
};

async function reviewsOf(actions: readonly string[]) {
  const role = {
    Arn: `arn:aws:iam::${ACCOUNT}:role/app/orders`,
    RoleName: 'orders',
    Path: '/app/',
    CreateDate: '2020-01-01T00:00:00.000Z',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    AttachedManagedPolicies: [],
    RolePolicyList: [
      {
        PolicyName: 'access',
        PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] },
      },
    ],
  };
  const principals = await readAuthorization({
    async *pages() {
      yield { UserDetailList: [], GroupDetailList: [], RoleDetailList: [role], Policies: [] };
    },
  });
  return review(principals, usage, { dataEvents: new Set(['*']), margin: 'none' });
}

const asked = (principal: string) => ({ principal, dataEvents: new Set(['*']) });
const aDesk = () => ({ ports: memoryPorts(memoryAccount(aBusyAccount()), AT) });

describe('portcullis review --propose', () => {
  it('leaves a proposal to be approved, once, and says how', async () => {
    const desk = aDesk();
    const reviews = await reviewsOf(['dynamodb:PutItem', 'athena:*']);
    const told = await putForward(asked('orders'), reviews, usage, desk, aPolicy({}));
    await putForward(asked('orders'), reviews, usage, desk, aPolicy({}));

    const [one, ...more] = await listRevocations(desk.ports.ledger);
    expect(more).toEqual([]);
    expect(one?.lease).toMatchObject({ state: 'proposed', cut: { action: 'deny-actions', actions: ['athena:*'] } });
    expect(told).toContain(`portcullis revocations approve ${one?.lease.id}`);
  });

  it.each([
    { name: 'nobody', granted: ['athena:*'], says: '0 principals' },
    { name: 'orders', granted: ['dynamodb:PutItem'], says: 'nothing is proposed' },
    { name: 'orders', granted: ['dynamodb:*'], says: 'no service of which' },
  ])('refuses $name that may $granted: $says', async ({ name, granted, says }) => {
    const reviews = await reviewsOf(granted);
    await expect(putForward(asked(name), reviews, usage, aDesk(), aPolicy({}))).rejects.toThrow(says);
  });
});
