import type { SSMClient } from '@aws-sdk/client-ssm';
import { parseResponsePolicy, type ResponsePolicy } from '@portcullis/config';
import { readParameter } from '../read-parameter.ts';
import { responsePolicyIn } from './response-policy-value.ts';

/**
 * Reads and checks the response policy of a deployment.
 *
 * @throws {ConfigurationError} nothing is cut by a policy that is missing, or half understood
 */
export async function readResponsePolicy(ssm: SSMClient, name: string): Promise<ResponsePolicy> {
  return parseResponsePolicy(responsePolicyIn(await readParameter(ssm, name), name), name);
}
