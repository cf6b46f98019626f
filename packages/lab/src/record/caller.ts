import { type EpochMs, isoTime } from '@portcullis/event';
import { type Account, accessKeyIdOf, arnOf, principalIdOf } from './account.ts';
import type { JsonObject } from './cloudtrail-record.ts';

/** Whoever makes calls, as CloudTrail shows it: identity, address, agent. */
export interface Caller {
  readonly identity: JsonObject;
  /** Account that receives the record. */
  readonly account: string;
  readonly region: string;
  /** IP address, or the name of the AWS service that calls. */
  readonly address: string;
  readonly userAgent: string;
  /** Reached the endpoint itself, hence TLS details; not so when a service calls. */
  readonly direct: boolean;
  readonly console?: boolean;
  readonly vpcEndpointId?: string;
}

/** Where somebody sits and with what they call. */
export interface Client {
  readonly address: string;
  readonly userAgent: string;
  /** Endpoint within its network that the calls take; the address is then a private one. */
  readonly vpcEndpointId?: string;
}

export function iamUser(account: Account, userName: string, client: Client, key: string | number = 'first'): Caller {
  return {
    identity: {
      type: 'IAMUser',
      principalId: principalIdOf('AIDA', account, userName),
      arn: arnOf(account, 'iam', `user/${userName}`),
      accountId: account.id,
      accessKeyId: accessKeyIdOf('AKIA', account.id, userName, key),
      userName,
    },
    account: account.id,
    region: account.region,
    ...client,
    direct: true,
  };
}

export interface RoleSession {
  readonly roleName: string;
  /** Path between `role/` and the name, with its slash: `aws-reserved/sso.amazonaws.com/`. */
  readonly rolePath?: string;
  readonly sessionName: string;
  readonly accessKeyId: string;
  readonly since: EpochMs;
  readonly mfa?: boolean;
  /** Provider through which the session was federated. */
  readonly federatedProvider?: string;
  /** Function that Lambda gave the credentials to; Lambda does not name it for every runtime. */
  readonly inScopeOf?: { readonly functionArn: string };
  readonly fromInstance?: boolean;
}

export function roleSession(account: Account, session: RoleSession, client: Client): Caller {
  const roleId = principalIdOf('AROA', account, session.roleName);
  return {
    identity: {
      type: 'AssumedRole',
      principalId: `${roleId}:${session.sessionName}`,
      arn: arnOf(account, 'sts', `assumed-role/${session.roleName}/${session.sessionName}`),
      accountId: account.id,
      accessKeyId: session.accessKeyId,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: roleId,
          arn: arnOf(account, 'iam', `role/${session.rolePath ?? ''}${session.roleName}`),
          accountId: account.id,
          userName: session.roleName,
        },
        ...(session.federatedProvider && {
          webIdFederationData: { federatedProvider: session.federatedProvider, attributes: {} },
        }),
        attributes: { creationDate: isoTime(session.since), mfaAuthenticated: session.mfa ? 'true' : 'false' },
        ...(session.fromInstance && { ec2RoleDelivery: '2.0' }),
      },
      ...(session.inScopeOf && {
        inScopeOf: {
          issuerType: 'AWS::Lambda::Function',
          credentialsIssuedTo: session.inScopeOf.functionArn,
          credentialsIssuedToVersion: '$LATEST',
          sourceArn: session.inScopeOf.functionArn,
        },
      }),
    },
    account: account.id,
    region: account.region,
    ...client,
    direct: true,
  };
}

/** The same session, used by an AWS service on its behalf: the service's name stands in for address and agent. */
export function through(caller: Caller, service: string): Caller {
  return {
    ...caller,
    identity: { ...caller.identity, invokedBy: service },
    address: service,
    userAgent: service,
    direct: false,
  };
}

export function awsService(account: Account, service: string): Caller {
  return {
    identity: { type: 'AWSService', invokedBy: service },
    account: account.id,
    region: account.region,
    address: service,
    userAgent: service,
    direct: false,
  };
}

/** A principal of another account; its records show no more than its ids. */
export function foreignPrincipal(account: Account, foreignAccountId: string, client: Client): Caller {
  return {
    identity: {
      type: 'AWSAccount',
      principalId: principalIdOf('AIDA', { id: foreignAccountId, region: account.region }, 'operator'),
      accountId: foreignAccountId,
    },
    account: account.id,
    region: account.region,
    ...client,
    direct: true,
  };
}

/** Identity of a federated log-in itself, before any role session exists. */
export function federatedUser(
  account: Account,
  login: { readonly type: 'SAMLUser' | 'WebIdentityUser'; readonly provider: string; readonly subject: string },
  client: Client,
): Caller {
  return {
    identity: {
      type: login.type,
      principalId: `${login.provider}:${login.subject}`,
      userName: login.subject,
      identityProvider: login.provider,
    },
    account: account.id,
    region: account.region,
    ...client,
    direct: true,
  };
}
