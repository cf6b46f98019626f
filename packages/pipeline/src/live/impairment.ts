import { createHash } from 'node:crypto';
import { configVersion } from '@portcullis/config/version';
import type { PipelineImpairedData, PipelineImpairedEvent } from '@portcullis/contract';
import { EVENT_SOURCE, SCHEMA_VERSION } from '@portcullis/contract/names';
import { type ActivityEvent, type EpochMs, isoTime } from '@portcullis/event';
import { type LiveSettings, modeOf } from './live-settings.ts';
import type { AlertEntry } from './ports.ts';

/** Something keeps the pipeline from seeing or telling. */
export interface Impairment {
  readonly component: string;
  readonly reason: string;
  readonly account?: string;
  readonly region?: string;
  readonly severity: PipelineImpairedData['severity'];
  /** The same as long as it lasts, so that it is told once. */
  readonly since: EpochMs;
  readonly lastEventAt?: EpochMs;
  /** What was seen and what to do. */
  readonly detail: string;
}

/** Calls that stop, thin out or divert what they are made on, where that brings logs. */
const STOPPING: ReadonlySet<string> = new Set([
  'cloudtrail:StopLogging',
  'cloudtrail:DeleteTrail',
  'cloudtrail:UpdateTrail',
  'cloudtrail:PutEventSelectors',
  'logs:DeleteSubscriptionFilter',
  'logs:PutSubscriptionFilter',
  'logs:DeleteLogGroup',
  'logs:DeleteDestination',
  's3:PutBucketNotification',
  's3:DeleteBucket',
  's3:DeleteBucketPolicy',
  's3:PutBucketPolicy',
  's3:PutLifecycleConfiguration',
  'sns:Unsubscribe',
  'sns:DeleteTopic',
  'sqs:DeleteQueue',
  'sqs:PurgeQueue',
  'sqs:SetQueueAttributes',
  'events:DisableRule',
  'events:DeleteRule',
  'events:RemoveTargets',
  'kinesis:DeleteStream',
  'kinesis:StopStreamEncryption',
  'lambda:DeleteEventSourceMapping',
  'lambda:UpdateEventSourceMapping',
  'lambda:PutFunctionConcurrency',
  'lambda:DeleteFunction',
  'kms:DisableKey',
  'kms:ScheduleKeyDeletion',
]);

/** Whether somebody changed what brings the logs here. @param feed - names or ARNs of it */
export function isTampering({ action, outcome, resources }: ActivityEvent, feed: readonly string[]): boolean {
  if (feed.length === 0 || outcome !== 'success' || !STOPPING.has(action.name)) return false;
  return resources.some((resource) => feed.some((own) => resource === own || nameOf(resource) === nameOf(own)));
}

/** Last part of an ARN; the whole of a name. */
function nameOf(resource: string): string {
  return resource.slice(Math.max(resource.lastIndexOf(':'), resource.lastIndexOf('/')) + 1);
}

export function tampering({ account, region, time, action, actor, resources, id }: ActivityEvent): Impairment {
  return {
    component: 'feed',
    reason: 'tampering',
    account,
    region,
    severity: 'CRITICAL',
    since: time,
    lastEventAt: time,
    detail:
      `${actor.kind} ${actor.name} called ${action.name} on ${resources.join(', ')} (event ${id}), which brings the logs here. ` +
      'Undo it unless you planned it; what happens until then may never be seen.',
  };
}

/** As it waits in the outbox: the same impairment has the same key. */
export function impairedEntry(
  impairment: Impairment,
  { home, pipeline, replay }: Pick<LiveSettings, 'home' | 'pipeline' | 'replay'>,
  now: EpochMs,
): AlertEntry {
  const { component, reason, account, region, severity, since, lastEventAt, detail } = impairment;
  const hash = createHash('sha256').update([component, reason, account, region, since].join('\n'));
  const id = `impaired-${hash.digest('hex').slice(0, 24)}`;
  const key = `${id}:1`;
  const event: PipelineImpairedEvent = {
    version: '0',
    id: key,
    source: EVENT_SOURCE,
    'detail-type': 'Pipeline Impaired',
    account: account ?? home.account,
    region: region ?? home.region,
    time: isoTime(now),
    resources: [],
    detail: {
      metadata: {
        schemaVersion: SCHEMA_VERSION,
        id,
        revision: 1,
        idempotencyKey: key,
        mode: modeOf({ replay }),
        configVersion: configVersion(pipeline),
        producedAt: isoTime(now),
      },
      data: {
        component,
        reason,
        severity,
        since: isoTime(since),
        detail,
        ...(account === undefined ? {} : { account }),
        ...(region === undefined ? {} : { region }),
        ...(lastEventAt === undefined ? {} : { lastEventAt: isoTime(lastEventAt) }),
      },
    },
  };
  return { key, event };
}
