import type { EpochMs } from '@portcullis/event';
import { alertsOf, type LivePorts } from '@portcullis/pipeline/live';
import { kinesisActivityStream } from './activity-stream.ts';
import { dynamoAlertStore } from './alert-store.ts';
import { dynamoBaselineStore } from './baseline-store.ts';
import { type Clients, createClients } from './clients.ts';
import type { AwsConfig } from './config.ts';
import { dynamoDecisionStore } from './decision-store.ts';
import { eventBridgeSink, type Sign } from './event-bridge-sink.ts';
import { s3EvidenceStore } from './evidence-store.ts';
import { dynamoForgetStore } from './forget-store.ts';
import { sqsIncrementQueue } from './increment-queue.ts';
import { dynamoLeaseStore } from './lease-store.ts';
import { dynamoProgressStore } from './progress-store.ts';
import { s3RejectStore } from './reject-store.ts';
import { dynamoRoutingStore } from './routing-store.ts';
import { dynamoSegmentStore } from './segment-store.ts';
import { s3SnapshotStore } from './snapshot-store.ts';

export interface AwsOptions {
  readonly clients?: Clients;
  /** Orders the outbox and decisions, and says what is garbage; no alert depends on it. */
  now?(): EpochMs;
  /** Signs what is published; only the publisher's role can. */
  readonly sign?: Sign | undefined;
}

/** All ports of the live lane on AWS. Makes no call before one of them is used. */
export function awsPorts(
  config: AwsConfig,
  { clients = createClients(config), now = Date.now, sign }: AwsOptions = {},
): LivePorts {
  const { tables, buckets, objectPrefix: prefix = '' } = config;
  const { dynamo, s3 } = clients;
  return {
    stream: kinesisActivityStream(clients.kinesis, config.activityStream),
    segments: dynamoSegmentStore(dynamo, tables.segments, now),
    baselines: dynamoBaselineStore(dynamo, tables.baselines),
    snapshots: s3SnapshotStore({ s3, dynamo }, { bucket: buckets.state, table: tables.control, prefix }),
    alerts: alertsOf(prefix === '' ? 'live' : 'replay', dynamoAlertStore(dynamo, tables.alerts, now)),
    decisions: dynamoDecisionStore(dynamo, tables.control, now),
    sink: eventBridgeSink(clients.eventBridge, config.bus, sign),
    evidence: s3EvidenceStore(s3, buckets.evidence, prefix),
    rejects: s3RejectStore(s3, buckets.rejects, prefix),
    progress: dynamoProgressStore(dynamo, tables.control, now),
    routing: dynamoRoutingStore(dynamo, tables.control),
    increments: sqsIncrementQueue(clients.sqs, config.incrementQueueUrl),
    leases: dynamoLeaseStore(dynamo, tables.control),
    forgets: dynamoForgetStore(dynamo, tables.control),
  };
}
