/// <reference path="../.sst/platform/config.d.ts" />
import { named, PREFIX, settings } from './deployment.ts';

/** Version of the form that `readSettings` of packages/aws reads. */
const FORM = 1;

/** Most that a parameter of the advanced tier holds. */
const MAX_BYTES = 8192;

/** The settings of this deployment. Alerts name their version, a hash that follows from them. */
export function settingsParameter() {
  const value = JSON.stringify({ version: FORM, settings });
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
