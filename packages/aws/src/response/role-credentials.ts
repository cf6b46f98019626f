import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { Power } from '@portcullis/respond';
import { NotCarriedOutError } from './not-carried-out-error.ts';
import type { ResponseConfig } from './response-config.ts';
import { sessionPolicy } from './session-policy.ts';

/** The least that STS gives: what is left of a session after the act is nobody's. */
const SESSION_SECONDS = 900;
const RENEWED_BEFORE_MS = 5 * 60_000;

export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** Credentials of one role in one account, as long as they last. */
export type CredentialsOf = (account: string, power: Power) => Promise<RoleCredentials>;

/**
 * Takes up the role that a power names, in whatever account: with the external id, and with a session policy that bounds what the
 * role may do once more.
 *
 * Credentials are kept until they are about to expire; a refusal is not.
 *
 * @param now - the clock
 */
export function roleCredentials(
  sts: STSClient,
  {
    partition,
    roles,
    externalId,
    protectedNames = [],
  }: Pick<ResponseConfig, 'partition' | 'roles' | 'externalId'> & Partial<Pick<ResponseConfig, 'protectedNames'>>,
  now: () => number,
): CredentialsOf {
  const held = new Map<string, Promise<RoleCredentials>>();
  const takeUp = async (account: string, power: Power): Promise<RoleCredentials> => {
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:${partition}:iam::${account}:role/${roles[power]}`,
        RoleSessionName: `portcullis-${power}`,
        ExternalId: externalId,
        DurationSeconds: SESSION_SECONDS,
        Policy: sessionPolicy(power, account, partition, protectedNames),
      }),
    );
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
      throw new NotCarriedOutError('NoCredentials', 'STS gave none');
    }
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    };
  };
  return async (account, power) => {
    const key = `${account} ${power}`;
    const asked = held.get(key);
    if (asked !== undefined) {
      const known = await asked;
      if (known.expiration.getTime() - now() > RENEWED_BEFORE_MS) return known;
    }
    const fresh = takeUp(account, power);
    held.set(key, fresh);
    fresh.catch(() => held.delete(key));
    return fresh;
  };
}
