import { GetParameterCommand, ParameterNotFound, type SSMClient } from '@aws-sdk/client-ssm';
import { ConfigurationError, parseResponsePolicy, type ResponsePolicy } from '@portcullis/config';
import { responsePolicyIn } from './response-policy-value.ts';

/**
 * Reads and checks the response policy of a deployment.
 *
 * @throws {ConfigurationError} nothing is cut by a policy that is missing, or half understood
 */
export async function readResponsePolicy(ssm: SSMClient, name: string): Promise<ResponsePolicy> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    return parseResponsePolicy(responsePolicyIn(Parameter?.Value ?? '', name), name);
  } catch (cause) {
    if (!(cause instanceof ParameterNotFound)) throw cause;
    throw new ConfigurationError(name, [{ path: '', message: 'there is no such parameter; a deployment writes it' }], {
      cause,
    });
  }
}
