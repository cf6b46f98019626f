import { type EpochMs, HOUR_MS, isoTime } from '@portcullis/event';
import { type Account, accessKeyIdOf, arnOf } from '../record/account.ts';
import type { Caller, Client } from '../record/caller.ts';
import type { Call } from '../record/cloudtrail-record.ts';
import { read, write } from './call.ts';

/** A session that a user's long-term key gives out; it outlives the key. */
export function getFederationToken(
  account: Account,
  user: Caller,
  name: string,
  accessKeyId: string,
  at: EpochMs,
): Call {
  return {
    ...read('sts', 'GetFederationToken', {
      name,
      durationSeconds: 129600,
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
      }),
    }),
    response: {
      credentials: {
        accessKeyId,
        sessionToken: 'HIDDEN_DUE_TO_SECURITY_REASONS',
        expiration: isoTime(at + 36 * HOUR_MS),
      },
      federatedUser: {
        federatedUserId: `${user.account}:${name}`,
        arn: arnOf(account, 'sts', `federated-user/${name}`),
      },
      packedPolicySize: 2,
    },
  };
}

export function getSessionToken(accessKeyId: string, at: EpochMs): Call {
  return {
    ...read('sts', 'GetSessionToken', { durationSeconds: 43200 }),
    response: {
      credentials: {
        accessKeyId,
        sessionToken: 'HIDDEN_DUE_TO_SECURITY_REASONS',
        expiration: isoTime(at + 12 * HOUR_MS),
      },
    },
  };
}

/** Trades a session for a link into the console. */
export function getSigninToken(): Call {
  return read('signin', 'GetSigninToken', null, {
    response: { GetSigninToken: 'Success' },
    additional: { MobileVersion: 'No', MFAUsed: 'No' },
  });
}

/** The console login that follows; no second factor. */
export function linkLogin(): Call {
  return write('signin', 'ConsoleLogin', null, {
    type: 'AwsConsoleSignIn',
    response: { ConsoleLogin: 'Success' },
    additional: { MobileVersion: 'No', MFAUsed: 'No' },
  });
}

/** The user behind a federation token. */
export function federationSession(
  account: Account,
  user: Caller,
  name: string,
  since: EpochMs,
  client: Client,
): Caller {
  return {
    ...user,
    ...client,
    identity: {
      type: 'FederatedUser',
      principalId: `${account.id}:${name}`,
      arn: arnOf(account, 'sts', `federated-user/${name}`),
      accountId: account.id,
      accessKeyId: accessKeyIdOf('ASIA', account.id, name, since),
      sessionContext: {
        sessionIssuer: {
          type: 'IAMUser',
          principalId: user.identity.principalId ?? '',
          arn: user.identity.arn ?? '',
          accountId: account.id,
          userName: user.identity.userName ?? '',
        },
        attributes: { creationDate: isoTime(since), mfaAuthenticated: 'false' },
      },
    },
  };
}
