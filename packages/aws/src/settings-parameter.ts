import { GetParameterCommand, ParameterNotFound, type SSMClient } from '@aws-sdk/client-ssm';
import { ConfigurationError, parseSettings, type Settings } from '@portcullis/config';
import { settingsIn } from './settings-value.ts';

/**
 * Reads and checks the settings of a deployment.
 *
 * @throws {ConfigurationError} naming the parameter and what is wrong in it
 */
export async function readSettings(ssm: SSMClient, name: string): Promise<Settings> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    return parseSettings(settingsIn(Parameter?.Value ?? '', name), name);
  } catch (cause) {
    if (!(cause instanceof ParameterNotFound)) throw cause;
    throw new ConfigurationError(name, [{ path: '', message: 'there is no such parameter; a deployment writes it' }], {
      cause,
    });
  }
}
