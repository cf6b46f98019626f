export { type AuthorizationOptions, accountAuthorization } from './authorization-details.ts';
export { type AwsOptions, awsPorts } from './aws-ports.ts';
export { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
export { type ClientSettings, type Clients, clientSettings, createClients } from './clients.ts';
export { type AwsConfig, awsConfigFrom, ENVIRONMENT, environmentOf } from './config.ts';
export { createTable, expireItems } from './create-table.ts';
export {
  type Deployment,
  deploymentParameter,
  type StoredDeployment,
  storedDeployment,
  type TrailPlace,
} from './deployment-value.ts';
export { StillRefusedError, TooLargeError, UnreadableItemError } from './errors.ts';
export { findDeployment, type StagePlace } from './find-deployment.ts';
export { incrementOf } from './increment-queue.ts';
export { auditForget, type ForgetAudit, forgetAudits, type KeptOfActor, keptOfActor } from './kept-of-actor.ts';
export { type Probe, probeAccess } from './probe-access.ts';
export { listShards, openShards, readStream, type ShardReader, type StreamRecord, shardReader } from './read-stream.ts';
export { createReplayLane, REPLAY_NAME, removeReplayLane } from './replay-lane.ts';
export { type ReviewPlace, type ReviewStore, s3ReviewStore } from './review-store.ts';
export { readSettings } from './settings-parameter.ts';
export { settingsParameter } from './settings-value.ts';
export { shardRecords } from './shard-records.ts';
export { TABLE_LIST, TABLES, type TableName, type TableSchema } from './tables.ts';
export { type DeliveredObject, objectsOfDay, type TrailRegion, trailRegions } from './trail-listing.ts';
export { LONGEST_DELIVERY_MS, objectsWithin, trailSource } from './trail-source.ts';
