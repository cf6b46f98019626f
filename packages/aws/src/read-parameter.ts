import { GetParameterCommand, ParameterNotFound, type SSMClient } from '@aws-sdk/client-ssm';
import { ConfigurationError } from '@portcullis/config';

/**
 * The text of a parameter that a deployment writes.
 *
 * @throws {ConfigurationError} where there is none
 */
export async function readParameter(ssm: SSMClient, name: string): Promise<string> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    return Parameter?.Value ?? '';
  } catch (cause) {
    if (!(cause instanceof ParameterNotFound)) throw cause;
    throw new ConfigurationError(name, [{ path: '', message: 'there is no such parameter; a deployment writes it' }], {
      cause,
    });
  }
}
