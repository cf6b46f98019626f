import { randomStream } from '../random.ts';

/** An AWS account and the region its work runs in. */
export interface Account {
  /** 12 digits; the numbers AWS uses in its documentation belong to nobody. */
  readonly id: string;
  readonly region: string;
}

/** `arnOf(account, 'lambda', 'function:orders-api')`; IAM and S3 names carry no region. */
export function arnOf(account: Account, service: string, resource: string): string {
  if (service === 's3') return `arn:aws:s3:::${resource}`;
  const region = service === 'iam' || service === 'sts' ? '' : account.region;
  return `arn:aws:${service}:${region}:${account.id}:${resource}`;
}

/** Unique id of a role (`AROA…`) or user (`AIDA…`): always the same for the same name, as after a rename in AWS. */
export function principalIdOf(prefix: 'AROA' | 'AIDA', account: Account, name: string): string {
  return prefix + randomStream('principal', account.id, prefix, name).base32(17);
}

/** Access key id: `AKIA…` is long-term, `ASIA…` belongs to a session. `path` names the key. */
export function accessKeyIdOf(prefix: 'AKIA' | 'ASIA', ...path: readonly (string | number)[]): string {
  return prefix + randomStream('access-key', prefix, ...path).base32(16);
}
