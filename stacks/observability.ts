/// <reference path="../.sst/platform/config.d.ts" />

import type { Text } from './deployment.ts';
import { alarmTopic } from './observability/alarm-topic.ts';
import { alarms, type Watched } from './observability/alarms.ts';
import { dashboard } from './observability/dashboard.ts';
import {
  failurePermissions,
  keepFailedEvents,
  type Permission,
  pipelineFunction,
  type Shared,
} from './pipeline-function.ts';

interface HeartbeatArgs {
  readonly shared: Shared;
  readonly environment: Readonly<Record<string, Text>>;
  readonly permissions: readonly Permission[];
}

/** Watches the watcher: silence, lag, and hands laid on our own feed. */
export function heartbeat({ shared, environment, permissions }: HeartbeatArgs) {
  const watcher = pipelineFunction('heartbeat', shared, {
    description: 'Calls AWS where it should be heard of, and tells when it is not, or when our own feed was touched',
    memory: 512,
    seconds: 120,
    concurrency: 1,
    environment,
    permissions: [...failurePermissions(shared), ...permissions],
  });
  keepFailedEvents('heartbeat', { function: watcher, shared, retries: 0, maxAgeSeconds: 5 * 60 });
  return watcher;
}

export function observabilityStack(shared: Shared, watched: Watched, bus: aws.cloudwatch.EventBus) {
  const topic = alarmTopic(shared, bus);
  const all = alarms(watched, topic);
  dashboard(watched, all);
  return { topic };
}
