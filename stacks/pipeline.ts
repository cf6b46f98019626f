/// <reference path="../.sst/platform/config.d.ts" />
import { ENVIRONMENT } from '../packages/aws/src/config.ts';
import { alertBus, alertingStack, incrementsQueue } from './alerting.ts';
import { bucketName } from './bucket.ts';
import { dataKeyStack, signingKeyStack } from './data-key.ts';
import { account, deploy, named, type Text } from './deployment.ts';
import { deploymentParameter } from './deployment-parameter.ts';
import { type Grants, grants } from './grants.ts';
import { ingestStack, readsLogGroups, readsObjects } from './ingest.ts';
import { failuresBucket, keptBuckets, undeliveredQueue } from './kept.ts';
import { membersStack } from './members.ts';
import type { Watched } from './observability/alarms.ts';
import { heartbeat, observabilityStack } from './observability.ts';
import type { FunctionName, Shared } from './pipeline-function.ts';
import { networkTableLayer } from './reference-data.ts';
import { tellOfKillSwitch } from './response/kill-switch.ts';
import { responseFeed, responseFunctions, responseStack } from './response.ts';
import { reviewStack } from './review.ts';
import { clock } from './schedule.ts';
import { activityStream, scoringStack } from './scoring.ts';
import { settingsParameter } from './settings-parameter.ts';
import { tables } from './tables.ts';

/** All of it, in the order in which an event passes. */
export function pipelineStacks() {
  const dataKey = dataKeyStack();
  const signingKey = signingKeyStack();
  const buckets = keptBuckets(dataKey);
  const undelivered = undeliveredQueue(dataKey);
  const failures = failuresBucket(dataKey, undelivered);
  const settings = settingsParameter();
  const stored = tables(dataKey);
  const activity = activityStream({ dataKey });
  const increments = incrementsQueue({ dataKey });
  const bus = alertBus();

  const shared: Shared = {
    dataKey,
    failures: failures.bucket,
    undelivered,
    environment: {
      [ENVIRONMENT.segmentsTable]: stored.segments.name,
      [ENVIRONMENT.baselinesTable]: stored.baselines.name,
      [ENVIRONMENT.alertsTable]: stored.alerts.name,
      [ENVIRONMENT.controlTable]: stored.control.name,
      [ENVIRONMENT.ledgerTable]: stored.ledger.name,
      [ENVIRONMENT.activityStream]: activity.name,
      [ENVIRONMENT.incrementQueueUrl]: increments.queue.url,
      [ENVIRONMENT.bus]: bus.name,
      [ENVIRONMENT.stateBucket]: buckets.state.bucket,
      [ENVIRONMENT.evidenceBucket]: buckets.evidence.bucket,
      [ENVIRONMENT.rejectsBucket]: buckets.rejects.bucket,
      [ENVIRONMENT.settingsParameter]: settings.name,
      PORTCULLIS_SIGNING_KEY: signingKey.arn,
      PORTCULLIS_NETWORK_TABLE: '/opt/network.bin',
      PORTCULLIS_ACCOUNT: account,
      PORTCULLIS_FEED: $jsonStringify(feed()),
      PORTCULLIS_MEMBER_ROLE: deploy.scope === 'organization' ? named('member') : '',
    },
    permissions: [{ actions: ['ssm:GetParameter'], resources: [settings.arn] }],
  };
  const granted: Grants = grants({ stored, buckets, activity, increments: increments.queue, bus, signingKey });

  const { stream, objects, fast, trail } = ingestStack({
    shared,
    networkTable: networkTableLayer(),
    permissions: granted.ingest,
  });
  deploymentParameter(shared, trail);
  const { sealer } = scoringStack({ shared, stream: activity, score: granted.score, rollUp: granted.rollUp });
  const { publisher } = alertingStack({
    shared,
    increments: increments.queue,
    outboxStreamArn: stored.alerts.streamArn,
    alert: granted.alert,
    publish: granted.publish,
  });
  const watcher = heartbeat({ shared, environment: {}, permissions: granted.watch });
  const review = reviewStack({ shared, permissions: granted.review });
  const response = deploy.response === 'none' ? undefined : responseStack({ shared, stored, buckets, bus, signingKey });
  clock(
    [
      { name: 'roll-up', function: sealer, rate: 'rate(1 minute)' },
      { name: 'publish-outbox', function: publisher, rate: 'rate(1 minute)' },
      { name: 'heartbeat', function: watcher, rate: 'rate(5 minutes)' },
      ...(review
        ? [{ name: 'review' as const, function: review.reviewer, rate: review.rate, tryForSeconds: 60 * 60 }]
        : []),
      // What its own schedules miss
      ...(response
        ? [
            { name: 'keep-leases' as const, function: response.keeper, rate: 'rate(5 minutes)' },
            { name: 'collect-facts' as const, function: response.collect, rate: 'rate(6 hours)' },
          ]
        : []),
    ],
    shared,
  );
  if (fast) membersStack(fast.intake, watcher, response?.runsAs ?? []);

  const watched: Watched = {
    functions: [
      ...functionNames(),
      ...(fast ? ['ingest-event' as const] : []),
      ...(review ? ['review' as const] : []),
      ...(response ? responseFunctions() : []),
    ],
    readers: [
      ...(stream ? ['ingest-stream' as const] : []),
      'score-stream',
      'publish-outbox',
      ...(response ? (['publish-revocations', 'export-ledger'] as const) : []),
    ],
    response: response !== undefined,
    queues: {
      ...(objects?.trail && { 'trail-objects': { queue: objects.trail.queue, maxAgeSeconds: 15 * 60 } }),
      ...(objects?.flows && { 'flow-objects': { queue: objects.flows.queue, maxAgeSeconds: 15 * 60 } }),
      increments: { queue: increments.queue, maxAgeSeconds: 5 * 60 },
    },
    failures: {
      'failure-notices': failures.notices,
      'increments-dead': increments.dead,
      ...(objects?.trail && { 'trail-objects-dead': objects.trail.dead }),
      ...(objects?.flows && { 'flow-objects-dead': objects.flows.dead }),
      undelivered,
    },
  };
  const { topic } = observabilityStack(shared, watched, bus);
  if (response) tellOfKillSwitch(response.killSwitch, topic, undelivered);
  return {
    bus: bus.arn,
    alarms: topic,
    signingKey: signingKey.arn,
    settings: settings.name,
    ...(response && { revocations: response.url, killSwitch: response.killSwitch.name }),
  };
}

function functionNames(): FunctionName[] {
  const doors = [
    ...(readsLogGroups ? ['ingest-stream' as const] : []),
    ...(readsObjects ? ['ingest-s3' as const] : []),
  ];
  return [...doors, 'score-stream', 'roll-up', 'alert', 'publish-outbox', 'heartbeat'];
}

/** By name, all that brings logs here, and all that acts: a change of it is worth a word, whoever makes it. */
function feed(): Text[] {
  const made = [
    ...['trail', 'trail-objects', 'flow-objects', 'raw-logs', 'activity', 'intake', 'forward', 'member-forward'],
    ...['ingest-stream', 'ingest-s3', 'ingest-event', 'score-stream'],
  ].map(named);
  const found = [deploy.bucket, deploy.flowBucket, deploy.topicArn, ...deploy.logGroups].filter((name) => name !== '');
  return [
    ...made,
    ...(deploy.trail === 'new' ? [bucketName('trail-logs')] : []),
    ...found,
    ...(deploy.response === 'none' ? [] : responseFeed()),
  ];
}
