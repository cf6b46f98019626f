import { type Approver, approverOf } from '@portcullis/respond';
import { isRecord } from './is-record.ts';

/**
 * Who calls, as API Gateway vouches for it: by AWS credentials, or by a token that an issuer signed.
 *
 * A verified address of a token is the same name that Identity Center gives its sessions, so that nobody counts as two.
 *
 * @returns `undefined` for a request that nobody vouches for, which no route lets through
 */
export function callerOf(context: object): Approver | undefined {
  const authorizer = member(context, 'authorizer');
  const userArn = member(member(authorizer, 'iam'), 'userArn');
  if (typeof userArn === 'string' && userArn !== '') return approverOf(userArn);
  const claims = member(member(authorizer, 'jwt'), 'claims');
  const issuer = member(claims, 'iss');
  const subject = member(claims, 'sub');
  if (typeof issuer !== 'string' || typeof subject !== 'string' || subject === '') return undefined;
  const arn = `${issuer}#${subject}`;
  const email = member(claims, 'email');
  const isVerified = String(member(claims, 'email_verified')) === 'true';
  return { arn, ...(isVerified && typeof email === 'string' && email !== '' && { sourceIdentity: email }) };
}

function member(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}
