/// <reference path="../.sst/platform/config.d.ts" />
import { settingsParameter as textOf } from '../packages/aws/src/settings-value.ts';
import { named, PREFIX, settings } from './deployment.ts';

/** The settings of this deployment, as functions read them. Alerts name their version, a hash that follows from them. */
export function settingsParameter() {
  return new aws.ssm.Parameter('Settings', {
    name: `/${PREFIX}/settings`,
    description: `Settings of ${named('pipeline')}`,
    type: 'String',
    tier: 'Intelligent-Tiering',
    value: textOf(settings),
  });
}
