import { matchesPattern } from '@portcullis/iam';

/**
 * Actions that a trail logs only where it selects data events of that service, by service prefix.
 *
 * Source: "Logging data events" of the CloudTrail user guide, and the CloudTrail page of each service.
 */
const DATA_ACTIONS: Readonly<Record<string, string>> = {
  s3: 'GetObject* PutObject* DeleteObject* ListBucket ListBucketVersions ListBucketMultipartUploads ListMultipartUploadParts AbortMultipartUpload RestoreObject SelectObjectContent BypassGovernanceRetention Replicate* ObjectOwnerOverrideToBucketOwner InitiateReplication ListObject* UpdateObjectEncryption',
  's3-object-lambda': '*Object* WriteGetObjectResponse List*',
  s3express: 'CreateSession',
  lambda: 'InvokeFunction InvokeAsync InvokeFunctionUrl',
  dynamodb:
    'GetItem BatchGetItem PutItem BatchWriteItem UpdateItem DeleteItem Query Scan ConditionCheckItem PartiQL* GetRecords GetShardIterator SearchVectors',
  sqs: 'SendMessage ReceiveMessage DeleteMessage ChangeMessageVisibility',
  sns: 'Publish',
  kinesis: 'GetRecords GetShardIterator PutRecord PutRecords SubscribeToShard',
  kinesisvideo: 'GetMedia* PutMedia GetDataEndpoint',
  ebs: 'GetSnapshotBlock ListSnapshotBlocks ListChangedBlocks PutSnapshotBlock StartSnapshot CompleteSnapshot',
  'cognito-identity': 'GetId GetCredentialsForIdentity GetOpenIdToken* UnlinkIdentity',
  bedrock: 'InvokeAgent InvokeFlow Retrieve* ApplyGuardrail InvokeModelWithBidirectionalStream',
  sagemaker: 'InvokeEndpoint* GetRecord BatchGetRecord PutRecord DeleteRecord BatchPutMetrics',
  'execute-api': '*',
  appsync: 'GraphQL',
  cassandra: 'Select Modify',
  'rds-data': '*',
  states: 'InvokeHTTPEndpoint',
  iotsitewise:
    'BatchPutAssetPropertyValue BatchGetAssetPropertyValue* GetAssetPropertyValue* GetInterpolatedAssetPropertyValues',
  timestream: 'WriteRecords Select CancelQuery',
  managedblockchain: 'GET POST Invoke*',
  guardduty: 'SendSecurityTelemetry',
  ssm: 'UpdateInstanceInformation GetDeployablePatchSnapshotForInstance GetManifest',
  cloudtrail: 'PutAuditEvents',
  swf: 'PollFor* Respond* Record* CountPending*',
  codewhisperer: '*',
};

/**
 * Actions that no trail ever logs by that name: agents talking home, metrics, log lines, and permissions that are only
 * asked for on the way to something else.
 */
const NEVER_LOGGED: Readonly<Record<string, string>> = {
  iam: 'PassRole',
  logs: 'PutLogEvents GetLogEvents FilterLogEvents GetLogRecord GetLogGroupFields',
  cloudwatch: 'PutMetricData GetMetricData GetMetricStatistics GetMetricWidgetImage ListMetrics',
  xray: 'PutTraceSegments PutTelemetryRecords GetSampling*',
  ssmmessages: '*',
  ec2messages: '*',
  sts: 'SetSourceIdentity TagSession GetServiceBearerToken SetContext',
  sns: 'Unsubscribe',
  elasticfilesystem: 'Client*',
  'elasticfilesystem-client': '*',
  'neptune-db': '*',
  'rds-db': '*',
  'kafka-cluster': '*',
  elasticache: 'Connect',
  memorydb: 'Connect',
  es: 'ESHttp*',
  aoss: 'APIAccessAll DashboardsAccessAll',
  iot: 'Connect Publish Receive Subscribe RetainPublish',
  iotdata: '*',
  appconfig: 'GetConfiguration GetLatestConfiguration StartConfigurationSession',
  servicediscovery: 'DiscoverInstances*',
  polly: 'SynthesizeSpeech',
  ecs: 'Poll StartTelemetrySession',
  evidently: 'EvaluateFeature BatchEvaluateFeature PutProjectEvents',
  rum: 'PutRumEvents',
  firehose: 'PutRecord PutRecordBatch',
  mobiletargeting: 'PutEvents',
  personalize: 'Get*Recommendations GetPersonalizedRanking',
  ses: 'SendRawEmail SendEmail SendBulk* SendTemplatedEmail',
  connect: 'Send*',
  transcribe: 'StartStreamTranscription*',
  lakeformation: 'GetDataAccess',
  'aws-portal': '*',
  'aws-marketplace': 'MeterUsage BatchMeterUsage RegisterUsage ResolveCustomer',
  trustedadvisor: '*',
};

const byData = listsOf(DATA_ACTIONS);
const byNever = listsOf(NEVER_LOGGED);

function listsOf(table: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(table).map(([service, patterns]) => [service, patterns.split(' ')]));
}

/**
 * Services that programs use without anybody ever looking at them: that no call to one was logged says nothing of what is not
 * logged. Of all others somebody in an account makes, lists or describes something now and then.
 */
const USED_UNSEEN: ReadonlySet<string> = new Set([
  'cloudwatch',
  'dynamodb',
  'ec2messages',
  'execute-api',
  'firehose',
  'iam',
  'kinesis',
  'kms',
  'lambda',
  'logs',
  's3',
  'ses',
  'sns',
  'sqs',
  'ssm',
  'ssmmessages',
  'states',
  'sts',
  'xray',
]);

/** Whether an unlogged use of a service may be expected in an account that uses these. */
export function mayBeUsedUnseen(action: string, services: ReadonlySet<string>): boolean {
  const service = action.slice(0, action.indexOf(':'));
  return USED_UNSEEN.has(service) || services.has(service);
}

/** How an action would show, had it been used. */
export type Visibility = 'logged' | 'data-event' | 'never-logged';

/**
 * Whether a use of an action would have been seen. What would not have been seen was not unused: it is unknown, and kept.
 *
 * @param selected - service prefixes whose data events the trail logs, all of them; `*` stands for all
 */
export function visibilityOf(action: string, selected: ReadonlySet<string>): Visibility {
  const service = action.slice(0, action.indexOf(':'));
  const name = action.slice(service.length + 1);
  if (isOneOf(byNever.get(service), name)) return 'never-logged';
  if (!isOneOf(byData.get(service), name)) return 'logged';
  return selected.has('*') || selected.has(service) ? 'logged' : 'data-event';
}

function isOneOf(patterns: readonly string[] | undefined, name: string): boolean {
  return patterns?.some((pattern) => matchesPattern(pattern, name)) ?? false;
}
