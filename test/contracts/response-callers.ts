import { STSClient } from '@aws-sdk/client-sts';
import { clientSettings } from '@portcullis/aws';
import { awsCaller, roleCredentials } from '@portcullis/aws/response';
import { refuseRequests } from '../local-aws/refuse-requests.ts';

export const REGION = 'eu-west-1';

/** What roles are taken up with; moto asks for none of it. */
export const OURS = {
  partition: 'aws',
  regions: [REGION],
  roles: { look: 'look', mint: 'mint', attach: 'attach', revert: 'revert', edit: 'edit' },
  protectedNames: ['role/break-glass'],
  externalId: 'ours',
};

/** Calls by our roles on a server that plays AWS, whose requests can be refused. */
export function refusableCaller(endpoint: string, more: { readonly maxAttempts?: number } = {}) {
  const settings = { ...clientSettings({ region: REGION, endpoint }), ...more };
  const credentialsOf = roleCredentials(new STSClient({ region: REGION, endpoint }), OURS, Date.now);
  const refusals = refuseRequests(settings);
  return { credentialsOf, refusals, call: awsCaller(settings, {}, credentialsOf) };
}
