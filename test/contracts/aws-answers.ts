import { AttachRolePolicyCommand, CreatePolicyCommand, CreateRoleCommand } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import { clientSettings } from '@portcullis/aws';
import { awsCaller, roleCredentials } from '@portcullis/aws/response';
import { type ApiCall, executePlan, type JsonObject, type Operation } from '@portcullis/respond';
import { AT, aCut, aPlan, aPolicy, GUARD_OF, memoryPorts } from '@portcullis/respond/testing';
import { describe, expect, it } from 'vitest';
import { accountClients } from '../local-aws/busy-account.ts';
import { refuseRequests } from '../local-aws/refuse-requests.ts';
import { OURS, REGION, refusableCaller } from './response-callers.ts';

const DENY_EVERYTHING = { Sid: 'All', Effect: 'Deny', Action: ['*'], Resource: ['*'] } as const;

/** What comes of everything that AWS may say to a call. @param endpoint - of a server that plays AWS */
export function awsAnswersSuite(endpoint: () => string): void {
  describe('an answer of AWS', () => {
    const account = '444455556666';
    const place = { account };
    const look = (operation: Operation, input: JsonObject): ApiCall => ({ operation, power: 'look', input });
    const aRoleWithPolicies = async (
      name: string,
      count: number,
      { credentialsOf }: ReturnType<typeof refusableCaller>,
    ) => {
      const { iam } = accountClients(endpoint(), await credentialsOf(account, 'edit'));
      const document = (content: object) => JSON.stringify({ Version: '2012-10-17', Statement: [content] });
      const trust = document({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' });
      const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }));
      for (let index = 0; index < count; index++) {
        const { Policy } = await iam.send(
          new CreatePolicyCommand({
            PolicyName: `${name}-${index}`,
            PolicyDocument: document({ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }),
          }),
        );
        await iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: Policy?.Arn }));
      }
      return Role?.Arn ?? '';
    };

    it('is a whole list, whatever its pages; one page that is refused refuses the list', async () => {
      const caller = refusableCaller(endpoint());
      await aRoleWithPolicies('paged', 3, caller);
      const list = look('iam:ListAttachedRolePolicies', { RoleName: 'paged', MaxItems: 1 });

      const before = caller.refusals.count;
      const whole = await caller.call(list, place);
      expect(whole).toMatchObject({ kind: 'done', output: { AttachedPolicies: [{}, {}, {}] } });
      expect(caller.refusals.count - before).toBeGreaterThanOrEqual(3);

      caller.refusals.refuseAfter(2);
      expect(await caller.call(list, place)).toMatchObject({ kind: 'refused', code: 'AccessDenied' });
    });

    it('is that there is no such thing, by the code of the service', async () => {
      const { call } = refusableCaller(endpoint());

      expect(await call(look('iam:GetRole', { RoleName: 'nobody' }), place)).toMatchObject({
        kind: 'refused',
        code: 'NoSuchEntityException',
      });
      expect(await call(look('lambda:GetPolicy', { FunctionName: 'none' }), { account, region: REGION })).toMatchObject(
        {
          kind: 'refused',
          code: 'ResourceNotFoundException',
        },
      );
      expect(await call(look('organizations:DescribePolicy', { PolicyId: 'p-12345678' }), place)).toMatchObject({
        kind: 'refused',
      });
    });

    it('is throttling, once the tries of the SDK are used up', async () => {
      const { call, refusals } = refusableCaller(endpoint(), { maxAttempts: 2 });
      refusals.throttle(2);

      expect(await call(look('iam:GetUser', { UserName: 'a' }), place)).toMatchObject({
        kind: 'refused',
        code: 'Throttling',
      });
    });

    it('is none, where nobody answers', async () => {
      const { credentialsOf } = refusableCaller(endpoint());
      const nobody = { ...clientSettings({ region: REGION, endpoint: 'http://127.0.0.1:9' }), maxAttempts: 1 };

      expect(await awsCaller(nobody, {}, credentialsOf)(look('iam:GetUser', { UserName: 'a' }), place)).toMatchObject({
        kind: 'refused',
        code: 'NoAnswer',
      });
    });

    it('is that a role may not be taken up, which is no absence of what was asked for', async () => {
      const settings = clientSettings({ region: REGION, endpoint: endpoint() });
      const refusals = refuseRequests(settings);
      const call = awsCaller(settings, {}, roleCredentials(new STSClient(settings), OURS, Date.now));
      refusals.refuseNext();

      expect(await call(look('iam:GetUser', { UserName: 'a' }), place)).toMatchObject({
        kind: 'refused',
        code: 'AssumeRole:AccessDenied',
      });
    });

    it('is a quota: with ten policies attached nothing is minted', async () => {
      const caller = refusableCaller(endpoint());
      const arn = await aRoleWithPolicies('full', 10, caller);
      const entity = { kind: 'role', arn, name: 'full' } as const;
      const details = { kind: 'deny-actions', entity, statements: [DENY_EVERYTHING] } as const;
      const cut = aCut(details, arn, { account });
      const policy = aPolicy();
      const guard = { ...GUARD_OF(policy), own: { ownAccounts: new Set([account]), ownPrincipals: [] } };

      const outcomes = await executePlan(aPlan([cut], { account }), policy, guard, memoryPorts(caller, AT));

      expect(outcomes).toMatchObject([{ outcome: { kind: 'failed', step: 'precondition', cause: 'policy-quota' } }]);
      const policies = await caller.call(look('iam:ListAttachedRolePolicies', { RoleName: 'full' }), place);
      expect(JSON.stringify(policies)).not.toContain('portcullis');
    });
  });
}
