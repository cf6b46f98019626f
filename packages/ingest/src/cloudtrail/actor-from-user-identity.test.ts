import type { Actor } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { createIdentify } from './identify.ts';

const ACCOUNT = '111122223333';
const PARTNER = '444455556666';
const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:pay`;

/** A role session as STS hands it out; `role` may carry a path. */
function session(role: string, name: string, more: { context?: object; [field: string]: unknown } = {}) {
  const { context, ...rest } = more;
  const roleName = role.slice(role.lastIndexOf('/') + 1);
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE:${name}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${roleName}/${name}`,
    accountId: ACCOUNT,
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROAEXAMPLE',
        arn: `arn:aws:iam::${ACCOUNT}:role/${role}`,
        accountId: ACCOUNT,
        userName: roleName,
      },
      ...context,
    },
    ...rest,
  };
}

interface Row {
  readonly why: string;
  readonly identity: unknown;
  readonly actor: Partial<Actor>;
  readonly sessionName?: string;
}

const SSO = 'aws-reserved/sso.amazonaws.com/AWSReservedSSO_Power_User_0123456789abcdef';
const GITHUB = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;

const ROWS: readonly Row[] = [
  {
    why: 'root user',
    identity: { type: 'Root', principalId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT },
    actor: { id: `${ACCOUNT}/user/root`, kind: 'user', name: 'root', peerGroup: 'root', revocable: false, root: true },
  },
  {
    why: 'IAM user by AIDA, which survives a rename',
    identity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLE',
      arn: `arn:aws:iam::${ACCOUNT}:user/ops/alice`,
      accountId: ACCOUNT,
      userName: 'alice',
    },
    actor: {
      id: `${ACCOUNT}/user/AIDAEXAMPLE`,
      kind: 'user',
      arn: `arn:aws:iam::${ACCOUNT}:user/ops/alice`,
      name: 'alice',
      peerGroup: 'user',
      revocable: true,
      root: false,
    },
  },
  {
    why: 'IAM user without principalId: by name, marked so that no user called root can pass for root',
    identity: { type: 'IAMUser', accountId: ACCOUNT, userName: 'root' },
    actor: { id: `${ACCOUNT}/user/name:root`, root: false },
  },
  {
    why: 'failed sign-in: the hidden name is nobody',
    identity: { type: 'IAMUser', accountId: ACCOUNT, accessKeyId: '', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
    actor: { id: `${ACCOUNT}/account/unknown`, peerGroup: 'unknown', revocable: false },
  },
  {
    why: 'rule 1: role by the issuer, whose ARN keeps the path',
    identity: session('app/orders', 'run-1'),
    actor: {
      id: `${ACCOUNT}/role/AROAEXAMPLE`,
      kind: 'role',
      arn: `arn:aws:iam::${ACCOUNT}:role/app/orders`,
      name: 'orders',
      peerGroup: 'role',
      revocable: true,
    },
    sessionName: 'run-1',
  },
  {
    why: 'rule 1: no issuer, AROA before the colon of principalId',
    identity: { ...session('orders', 'run-1'), sessionContext: undefined },
    actor: { id: `${ACCOUNT}/role/AROAEXAMPLE`, arn: `arn:aws:iam::${ACCOUNT}:role/orders`, name: 'orders' },
    sessionName: 'run-1',
  },
  {
    why: 'rule 1: only the session ARN is left',
    identity: { type: 'AssumedRole', arn: `arn:aws-cn:sts::${ACCOUNT}:assumed-role/orders/run-1` },
    actor: { id: `${ACCOUNT}/role/name:orders`, arn: `arn:aws-cn:iam::${ACCOUNT}:role/orders` },
    sessionName: 'run-1',
  },
  {
    why: 'rule 1: an AssumedRole of nothing at all is unknown',
    identity: { type: 'AssumedRole' },
    actor: { id: `${ACCOUNT}/account/unknown` },
  },
  {
    why: 'rule 2: person behind IAM Identity Center, permission set with an underscore',
    identity: session(SSO, 'ann@example.com'),
    actor: {
      id: `${ACCOUNT}/person/AROAEXAMPLE/ann@example.com`,
      kind: 'person',
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_Power_User_0123456789abcdef/ann@example.com`,
      name: 'ann@example.com',
      peerGroup: 'person/Power_User',
    },
  },
  {
    why: 'rule 3: EC2 role by the role; the instance is a feature',
    identity: session('web', 'i-0317f6c6b66ae9c40', { context: { ec2RoleDelivery: '2.0' } }),
    actor: { id: `${ACCOUNT}/role/AROAEXAMPLE`, peerGroup: 'role/ec2' },
    sessionName: 'i-0317f6c6b66ae9c40',
  },
  {
    why: 'rule 3: a session merely named like an instance is not one; callers choose that name',
    identity: session('web', 'i-0317f6c6b66ae9c40'),
    actor: { peerGroup: 'role' },
    sessionName: 'i-0317f6c6b66ae9c40',
  },
  {
    why: 'rule 4: the function, where AWS vouches for it',
    identity: session('pay-role', 'pay', {
      inScopeOf: {
        issuerType: 'AWS::Lambda::Function',
        credentialsIssuedTo: FUNCTION,
        credentialsIssuedToVersion: `${FUNCTION}:$LATEST`,
      },
    }),
    actor: {
      id: `${ACCOUNT}/function/${FUNCTION}`,
      kind: 'function',
      arn: FUNCTION,
      name: 'pay',
      peerGroup: 'function',
      role: `arn:aws:iam::${ACCOUNT}:role/pay-role`,
      revocable: true,
    },
    sessionName: 'pay',
  },
  {
    why: 'rule 4: only sourceArn, with a version, which is dropped',
    identity: session('pay-role', 'pay', {
      inScopeOf: { issuerType: 'AWS::Lambda::Function', sourceArn: `${FUNCTION}:7` },
    }),
    actor: { id: `${ACCOUNT}/function/${FUNCTION}` },
    sessionName: 'pay',
  },
  {
    why: 'rule 4: no inScopeOf, then a session named like a function is a feature of the role',
    identity: session('pay-role', 'pay'),
    actor: { id: `${ACCOUNT}/role/AROAEXAMPLE`, kind: 'role' },
    sessionName: 'pay',
  },
  {
    why: 'rule 4: vouched for as a function, but the function cannot be read',
    identity: session('pay-role', 'pay', {
      inScopeOf: { issuerType: 'AWS::Lambda::Function', credentialsIssuedTo: 'pay' },
    }),
    actor: { id: `${ACCOUNT}/role/AROAEXAMPLE`, peerGroup: 'role/lambda' },
    sessionName: 'pay',
  },
  {
    why: 'rule 4: another issuer type is the role',
    identity: session('web', 'i-0317f6c6b66ae9c40', {
      inScopeOf: {
        issuerType: 'AWS::EC2::Instance',
        credentialsIssuedTo: `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-0`,
      },
    }),
    actor: { id: `${ACCOUNT}/role/AROAEXAMPLE`, kind: 'role', peerGroup: 'role/ec2' },
    sessionName: 'i-0317f6c6b66ae9c40',
  },
  {
    why: 'rule 5: CI by OpenID Connect, one session name a run',
    identity: session('deploy', 'GitHubActions-8731', {
      context: { webIdFederationData: { federatedProvider: GITHUB, attributes: {} } },
    }),
    actor: { id: `${ACCOUNT}/role/AROAEXAMPLE`, peerGroup: 'role/oidc' },
    sessionName: 'GitHubActions-8731',
  },
  {
    why: 'rule 5: an empty webIdFederationData, as CloudTrail writes it, says nothing',
    identity: session('deploy', 'x', { context: { webIdFederationData: {} } }),
    actor: { peerGroup: 'role' },
    sessionName: 'x',
  },
  {
    why: 'rule 6: on behalf of a role, a sub-baseline of its own',
    identity: session('deploy', 'x', { invokedBy: 'cloudformation.amazonaws.com' }),
    actor: {
      id: `${ACCOUNT}/role/AROAEXAMPLE/via/cloudformation.amazonaws.com`,
      via: 'cloudformation.amazonaws.com',
      peerGroup: 'role/service',
      arn: `arn:aws:iam::${ACCOUNT}:role/deploy`,
    },
    sessionName: 'x',
  },
  {
    why: 'rule 6: on behalf of a user by the console',
    identity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLE',
      accountId: ACCOUNT,
      userName: 'a',
      invokedBy: 'AWS Internal',
    },
    actor: { id: `${ACCOUNT}/user/AIDAEXAMPLE/via/AWS Internal`, peerGroup: 'user/service' },
  },
  {
    why: 'rule 6: on behalf of a person',
    identity: session(SSO, 'ann', { invokedBy: 'athena.amazonaws.com' }),
    actor: { id: `${ACCOUNT}/person/AROAEXAMPLE/ann/via/athena.amazonaws.com`, peerGroup: 'person/service' },
  },
  {
    why: 'service-linked role: nobody can revoke it',
    identity: session('aws-service-role/inspector2.amazonaws.com/AWSServiceRoleForAmazonInspector2', 'Mando'),
    actor: { id: `${ACCOUNT}/role/AROAEXAMPLE`, peerGroup: 'role/service-linked', revocable: false },
    sessionName: 'Mando',
  },
  {
    why: 'role itself, not a session',
    identity: { type: 'Role', arn: `arn:aws:iam::${ACCOUNT}:role/service/worker`, accountId: ACCOUNT },
    actor: {
      id: `${ACCOUNT}/role/arn:aws:iam::${ACCOUNT}:role%2Fservice%2Fworker`,
      kind: 'role',
      name: 'worker',
      peerGroup: 'role',
    },
  },
  {
    why: 'GetFederationToken session: its user, apart from the own calls; the session name is free to choose',
    identity: {
      type: 'FederatedUser',
      principalId: `${ACCOUNT}:whatever`,
      arn: `arn:aws:sts::${ACCOUNT}:federated-user/whatever`,
      accountId: ACCOUNT,
      sessionContext: {
        sessionIssuer: {
          type: 'IAMUser',
          principalId: 'AIDAEXAMPLE',
          arn: `arn:aws:iam::${ACCOUNT}:user/alice`,
          accountId: ACCOUNT,
          userName: 'alice',
        },
      },
    },
    actor: {
      id: `${ACCOUNT}/user/AIDAEXAMPLE:federated`,
      arn: `arn:aws:iam::${ACCOUNT}:user/alice`,
      name: 'alice',
      peerGroup: 'user/federated',
      revocable: true,
    },
    sessionName: 'whatever',
  },
  {
    why: 'federation token made by the root user',
    identity: {
      type: 'FederatedUser',
      principalId: `${ACCOUNT}:x`,
      sessionContext: { sessionIssuer: { type: 'Root', principalId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root` } },
    },
    actor: { id: `${ACCOUNT}/user/${ACCOUNT}:federated`, root: true, revocable: false },
    sessionName: 'x',
  },
  {
    why: 'SAML subject at the provider, before any role',
    identity: {
      type: 'SAMLUser',
      principalId: 'hash:ann@example.com',
      userName: 'ann@example.com',
      identityProvider: `arn:aws:iam::${ACCOUNT}:saml-provider/corp`,
    },
    actor: {
      id: `${ACCOUNT}/person/arn:aws:iam::${ACCOUNT}:saml-provider%2Fcorp/ann@example.com`,
      kind: 'person',
      peerGroup: 'person/saml',
      revocable: false,
    },
  },
  {
    why: 'web identity subject: slashes of the subject do not add levels to the id',
    identity: {
      type: 'WebIdentityUser',
      principalId: `${GITHUB}:sts.amazonaws.com:repo:example/app:ref:refs/heads/main`,
      userName: 'repo:example/app:ref:refs/heads/main',
      identityProvider: GITHUB,
    },
    actor: {
      id: `${ACCOUNT}/user/${GITHUB.replaceAll('/', '%2F')}/repo:example%2Fapp:ref:refs%2Fheads%2Fmain`,
      kind: 'user',
      name: 'repo:example/app:ref:refs/heads/main',
      peerGroup: 'user/web-identity',
      revocable: false,
    },
  },
  {
    why: 'web identity without a provider',
    identity: { type: 'WebIdentityUser', userName: 'sub' },
    actor: { id: `${ACCOUNT}/account/unknown` },
  },
  {
    why: 'Identity Center user by user id',
    identity: {
      type: 'IdentityCenterUser',
      accountId: ACCOUNT,
      onBehalfOf: { userId: '544894e8-80c1', identityStoreArn: `arn:aws:identitystore::${ACCOUNT}:identitystore/d-9` },
      credentialId: 'x',
    },
    actor: { id: `${ACCOUNT}/person/544894e8-80c1`, kind: 'person', peerGroup: 'person/identity-center' },
  },
  {
    why: 'Directory user by name',
    identity: { type: 'Directory', accountId: ACCOUNT, userName: 'ann' },
    actor: { id: `${ACCOUNT}/person/directory:ann`, kind: 'person', peerGroup: 'person/directory', revocable: false },
  },
  {
    why: 'foreign account: its account, its principal, without the session name it chose',
    identity: { type: 'AWSAccount', accountId: PARTNER, principalId: 'AROAFOREIGN:run-99' },
    actor: { id: `${PARTNER}/account/AROAFOREIGN`, kind: 'account', account: PARTNER, name: PARTNER, revocable: false },
    sessionName: 'run-99',
  },
  {
    why: 'foreign account by itself',
    identity: { type: 'AWSAccount', accountId: PARTNER },
    actor: { id: `${PARTNER}/account/${PARTNER}`, peerGroup: 'account' },
  },
  {
    why: 'anonymous S3 caller',
    identity: { type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL', principalId: '' },
    actor: { id: `${ACCOUNT}/account/unknown`, name: 'unknown', peerGroup: 'unknown', revocable: false },
  },
  {
    why: 'AWS service, per receiving account; it acts for nobody, so no via',
    identity: { type: 'AWSService', invokedBy: 'inspector2.amazonaws.com' },
    actor: {
      id: `${ACCOUNT}/service/inspector2.amazonaws.com`,
      kind: 'service',
      via: undefined,
      arn: undefined,
      peerGroup: 'service',
      revocable: false,
    },
  },
  {
    why: 'no type but invokedBy: service events of EC2',
    identity: { accountId: ACCOUNT, invokedBy: 'ec2.amazonaws.com' },
    actor: { id: `${ACCOUNT}/service/ec2.amazonaws.com`, kind: 'service' },
  },
  {
    why: 'no type, told by the session ARN',
    identity: { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/orders/run-1`, principalId: 'AROAEXAMPLE:run-1' },
    actor: { id: `${ACCOUNT}/role/AROAEXAMPLE` },
    sessionName: 'run-1',
  },
  {
    why: 'a type unknown today, told by the principal id',
    identity: { type: 'FutureUser', principalId: 'AIDAEXAMPLE', accountId: ACCOUNT, userName: 'alice' },
    actor: { id: `${ACCOUNT}/user/AIDAEXAMPLE` },
  },
  {
    why: 'no type, root by ARN',
    identity: { arn: `arn:aws:iam::${ACCOUNT}:root` },
    actor: { id: `${ACCOUNT}/user/root`, root: true },
  },
  { why: 'type Unknown', identity: { type: 'Unknown' }, actor: { id: `${ACCOUNT}/account/unknown` } },
  { why: 'empty', identity: {}, actor: { id: `${ACCOUNT}/account/unknown` } },
  { why: 'absent', identity: undefined, actor: { id: `${ACCOUNT}/account/unknown` } },
  { why: 'a list', identity: ['Root'], actor: { id: `${ACCOUNT}/account/unknown` } },
  {
    why: 'JSON inside a string',
    identity: JSON.stringify({ type: 'Root', accountId: ACCOUNT }),
    actor: { id: `${ACCOUNT}/user/root` },
  },
  {
    why: 'account id as a number that lost its leading zero',
    identity: { type: 'Root', accountId: 11122223333 },
    actor: { id: '011122223333/user/root', account: '011122223333' },
  },
  {
    why: 'no account in the identity: the receiving one',
    identity: { type: 'IAMUser', principalId: 'AIDAEXAMPLE', userName: 'alice' },
    actor: { id: `${ACCOUNT}/user/AIDAEXAMPLE`, account: ACCOUNT },
  },
  {
    why: 'a name with slashes cannot pass for a via',
    identity: { type: 'IAMUser', accountId: ACCOUNT, userName: 'x/via/lambda.amazonaws.com' },
    actor: { id: `${ACCOUNT}/user/name:x%2Fvia%2Flambda.amazonaws.com`, via: undefined },
  },
  {
    why: 'prototype keys are data like any other',
    identity: JSON.parse(`{"__proto__": {"type": "Root"}, "constructor": {"type": "Root"}, "type": "__proto__"}`),
    actor: { id: `${ACCOUNT}/account/unknown` },
  },
];

describe('actorFromUserIdentity', () => {
  it.each(ROWS)('$why', ({ identity, actor, sessionName }) => {
    const identified = createIdentify()(identity, ACCOUNT);

    expect(identified.actor).toMatchObject(actor);
    expect(identified.sessionName).toBe(sessionName);
  });

  it('gives a role that was deleted and made again under its old name a new id and the old name', () => {
    const identify = createIdentify();
    const old = session('orders', 'run-1');
    const again = {
      ...old,
      principalId: 'AROASECOND:run-1',
      sessionContext: { sessionIssuer: { ...old.sessionContext.sessionIssuer, principalId: 'AROASECOND' } },
    };

    const [before, after] = [identify(old, ACCOUNT).actor, identify(again, ACCOUNT).actor];

    expect(after.id).not.toBe(before.id);
    expect(after.name).toBe(before.name);
  });

  it('points from a person to the shared role, judged among the same people', () => {
    const { actor } = createIdentify()(session(SSO, 'ann'), ACCOUNT);

    expect(actor.sharedRole).toMatchObject({
      id: `${ACCOUNT}/role/AROAEXAMPLE`,
      kind: 'role',
      arn: `arn:aws:iam::${ACCOUNT}:role/${SSO}`,
      peerGroup: 'person/Power_User',
    });
  });

  it('says unknown where neither identity nor record names an account', () => {
    const { actor } = createIdentify()({ type: 'IAMUser', principalId: 'AIDAEXAMPLE', userName: 'a' }, 'unknown');

    expect(actor).toMatchObject({ id: 'unknown/user/AIDAEXAMPLE', account: 'unknown' });
  });
});
