import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whyUntouchable } from './never-touch.ts';
import { planResponse } from './plan-response.ts';
import { ACCOUNT, anActor, anAlert, anEvent, aPolicy, aState, someFacts } from './testing/builders.ts';

const own = { ownAccounts: new Set([ACCOUNT]), ownPrincipals: [`arn:aws:iam::${ACCOUNT}:role/deploy`] };
const { protect } = aPolicy({
  protect: { principals: ['breakglass-*', `arn:aws:iam::${ACCOUNT}:user/ceo`], accounts: [] },
});
const arn = (path: string) => `arn:aws:iam::${ACCOUNT}:${path}`;

const UNTOUCHABLE = [
  { path: 'root', cause: 'root' },
  { path: 'role/aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport', cause: 'service-linked-role' },
  { path: 'role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0a', cause: 'permission-set-role' },
  { path: 'role/OrganizationAccountAccessRole', cause: 'organization-access' },
  { path: 'role/AWSControlTowerExecution', cause: 'control-tower' },
  { path: 'role/aws-controltower-AdministratorExecutionRole', cause: 'control-tower' },
  { path: 'role/stacksets-exec-0a1b', cause: 'stack-sets' },
  { path: 'role/cdk-hnb659fds-deploy-role-1', cause: 'bootstrap' },
  { path: 'role/portcullis/mint', cause: 'own-role' },
  { path: 'role/Portcullis-prod-attach', cause: 'own-role' },
  { path: 'role/deploy', cause: 'own-role' },
  { path: 'user/breakglass-1', cause: 'protected-actor' },
  { path: 'user/ceo', cause: 'protected-actor' },
] as const;

describe('whyUntouchable', () => {
  it.each(UNTOUCHABLE)('$path: $cause', ({ path, cause }) => {
    expect(whyUntouchable(arn(path), undefined, protect, own)).toMatchObject({ cause });
  });

  it.each([
    { value: undefined, cause: 'unknown-identity', why: 'no ARN' },
    { value: 'AIDAEXAMPLE', cause: 'unknown-identity', why: 'an id' },
    { value: 'arn:aws:iam::111122223333:group/x', cause: 'unknown-identity', why: 'a group holds others' },
    { value: `arn:aws:sts::${ACCOUNT}:assumed-role/x/y`, cause: 'unknown-identity', why: 'a session' },
    { value: `${arn('role/x')}\n${arn('role/y')}`, cause: 'unknown-identity', why: 'two lines' },
    { value: 'arn:aws:iam::999988887777:role/x', cause: 'foreign-account', why: 'not ours' },
  ])('$cause ($why)', ({ value, cause }) => {
    expect(whyUntouchable(value, undefined, protect, own)).toMatchObject({ cause });
  });

  it.each([
    { facts: someFacts('x', { tags: { 'break-glass': 'true' } }), cause: 'protected-tag' },
    { facts: someFacts('x', { keyAdministrator: true }), cause: 'key-administrator' },
  ])('$cause, as known from the deployment', ({ facts, cause }) => {
    expect(whyUntouchable(arn('role/x'), facts, protect, own)).toMatchObject({ cause });
  });

  it('lets ordinary roles and users be cut', () => {
    for (const path of ['role/orders', 'role/app/orders', 'user/alice', 'role/rootless', 'role/my-cdk-demo']) {
      expect(whyUntouchable(arn(path), undefined, protect, own)).toBeUndefined();
    }
  });
});

it('no plan touches any of them, whatever they and the attacker did', () => {
  const calls = [
    'iam:CreateUser',
    'iam:AttachRolePolicy',
    'iam:CreateAccessKey',
    'sts:AssumeRole',
    'lambda:AddPermission',
    's3:GetObject',
    'iam:UpdateAssumeRolePolicy',
    'iam:PutRolePolicy',
  ];
  const protectedArns = UNTOUCHABLE.map(({ path }) => arn(path));
  const anyArn = fc.constantFrom(...protectedArns, arn('role/orders'));
  const events = fc.array(
    fc.record({
      call: fc.constantFrom(...calls),
      actor: anyArn,
      other: anyArn,
      foreign: fc.boolean(),
      minted: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const breadth = fc.constantFrom('narrow' as const, 'category' as const, 'everything' as const);

  fc.assert(
    fc.property(events, breadth, (drawn, wide) => {
      const made = drawn.map(({ call, actor, other, foreign, minted }, index) =>
        anEvent(call, {
          actor: anActor({ id: `${ACCOUNT}/role/${actor}`, arn: actor, name: actor }),
          ...(foreign ? { address: '203.0.113.9' } : {}),
          accessKeyId: `ASIA${index}`,
          resources: [other.slice(other.lastIndexOf('/') + 1), other],
          grants: [
            {
              form: 'identity-policy',
              reach: 'foreign-account',
              grantee: other,
              resource: other,
              administrative: true,
            },
          ],
          ...(minted ? { minted: { accessKeyId: `ASIA${index + 1}`, principalArn: other } } : {}),
        }),
      );
      const [first] = made;
      if (first === undefined) return;
      const policy = { ...aPolicy({ rules: [{ id: 'stop', mode: 'enforce', breadth: wide }] }), protect };
      const plan = planResponse(
        anAlert(first.actor, made),
        policy,
        aState(made, { since: made, ownPrincipals: own.ownPrincipals }),
      );
      const touched = plan.cuts
        .flatMap(({ target, details }) => ['entity' in details ? details.entity.arn : target, target])
        .filter((touchedArn) => touchedArn.includes(':iam:'));

      for (const target of touched) {
        expect(whyUntouchable(target, undefined, protect, own)?.cause ?? 'none', target).toBe('none');
      }
      for (const { details } of plan.cuts) {
        if ('statements' in details) expect(details.statements.every(({ Effect }) => Effect === 'Deny')).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
