import type { SSMClient } from '@aws-sdk/client-ssm';
import { parseSettings, type Settings } from '@portcullis/config';
import { readParameter } from './read-parameter.ts';
import { settingsIn } from './settings-value.ts';

/**
 * Reads and checks the settings of a deployment.
 *
 * @throws {ConfigurationError} naming the parameter and what is wrong in it
 */
export async function readSettings(ssm: SSMClient, name: string): Promise<Settings> {
  return parseSettings(settingsIn(await readParameter(ssm, name), name), name);
}
