/// <reference path="../.sst/platform/config.d.ts" />
import { configVersion } from '@portcullis/config';
import { named, PREFIX, settings } from './deployment.ts';

/** Most that a parameter of the advanced tier holds. */
const MAX_BYTES = 8192;

/** The settings of this deployment, under the version that alerts name. */
export function settingsParameter() {
  const value = JSON.stringify({ version: configVersion(settings), settings });
  if (value.length > MAX_BYTES) {
    throw new Error(
      `portcullis.config.ts: ${value.length} bytes of settings; at most ${MAX_BYTES} fit. Remove suppressions and change windows that are over`,
    );
  }
  return new aws.ssm.Parameter('Settings', {
    name: `/${PREFIX}/settings`,
    description: `Settings of ${named('pipeline')}`,
    type: 'String',
    tier: 'Intelligent-Tiering',
    value,
  });
}
