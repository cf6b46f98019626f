import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONFIGURATIONS, list, type Statement, synthesize } from './synthesized.ts';

/** What the provider calls to make and to remove one, by kind, and the form of its ARN; `undefined` where the call knows none. */
const CALLS: Readonly<Record<string, { readonly calls: readonly string[]; readonly on?: (name: string) => string }>> = {
  'aws:apigatewayv2/api:Api': apiCalls('/apis'),
  'aws:apigatewayv2/authorizer:Authorizer': apiCalls('/apis/a1b2c3/authorizers'),
  'aws:apigatewayv2/integration:Integration': apiCalls('/apis/a1b2c3/integrations'),
  'aws:apigatewayv2/route:Route': apiCalls('/apis/a1b2c3/routes'),
  'aws:apigatewayv2/stage:Stage': apiCalls('/apis/a1b2c3/stages'),
  'aws:cloudformation/stackSet:StackSet': {
    calls: ['cloudformation:CreateStackSet', 'cloudformation:DescribeStackSet', 'cloudformation:DeleteStackSet'],
    on: (name) => `arn:aws:cloudformation:eu-west-1:1:stackset/${name}:1`,
  },
  'aws:cloudformation/stackSetInstance:StackSetInstance': {
    calls: ['cloudformation:CreateStackInstances', 'cloudformation:DeleteStackInstances'],
    on: (name) => `arn:aws:cloudformation:eu-west-1:1:stackset/${name}:1`,
  },
  'aws:cloudtrail/trail:Trail': {
    calls: ['cloudtrail:CreateTrail', 'cloudtrail:StartLogging', 'cloudtrail:GetTrailStatus', 'cloudtrail:DeleteTrail'],
    on: (name) => `arn:aws:cloudtrail:eu-west-1:1:trail/${name}`,
  },
  'aws:cloudwatch/dashboard:Dashboard': {
    calls: ['cloudwatch:PutDashboard', 'cloudwatch:GetDashboard', 'cloudwatch:DeleteDashboards'],
    on: (name) => `arn:aws:cloudwatch::1:dashboard/${name}`,
  },
  'aws:cloudwatch/eventArchive:EventArchive': {
    calls: ['events:CreateArchive', 'events:DescribeArchive', 'events:DeleteArchive'],
    on: (name) => `arn:aws:events:eu-west-1:1:archive/${name}`,
  },
  'aws:cloudwatch/eventBus:EventBus': {
    calls: ['events:CreateEventBus', 'events:DescribeEventBus', 'events:DeleteEventBus'],
    on: (name) => `arn:aws:events:eu-west-1:1:event-bus/${name}`,
  },
  'aws:cloudwatch/eventBusPolicy:EventBusPolicy': {
    calls: ['events:PutPermission', 'events:RemovePermission'],
    on: (name) => `arn:aws:events:eu-west-1:1:event-bus/${name}`,
  },
  'aws:cloudwatch/eventRule:EventRule': {
    calls: ['events:PutRule', 'events:DescribeRule', 'events:DeleteRule'],
    on: (name) => `arn:aws:events:eu-west-1:1:rule/${name}`,
  },
  'aws:cloudwatch/eventTarget:EventTarget': {
    calls: ['events:PutTargets', 'events:ListTargetsByRule', 'events:RemoveTargets'],
    on: (name) => `arn:aws:events:eu-west-1:1:rule/${name}`,
  },
  'aws:cloudwatch/logGroup:LogGroup': {
    calls: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'logs:AssociateKmsKey', 'logs:DeleteLogGroup'],
    on: (name) => `arn:aws:logs:eu-west-1:1:log-group:${name}`,
  },
  'aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter': {
    calls: ['logs:PutSubscriptionFilter', 'logs:DescribeSubscriptionFilters', 'logs:DeleteSubscriptionFilter'],
    on: () => 'arn:aws:logs:eu-west-1:1:log-group:aws-cloudtrail-logs',
  },
  'aws:cloudwatch/metricAlarm:MetricAlarm': {
    calls: ['cloudwatch:PutMetricAlarm', 'cloudwatch:DescribeAlarms', 'cloudwatch:DeleteAlarms'],
    on: (name) => `arn:aws:cloudwatch:eu-west-1:1:alarm:${name}`,
  },
  'aws:dynamodb/table:Table': {
    calls: ['CreateTable', 'DescribeTable', 'UpdateContinuousBackups', 'UpdateTimeToLive', 'DeleteTable'].map(
      (call) => `dynamodb:${call}`,
    ),
    on: (name) => `arn:aws:dynamodb:eu-west-1:1:table/${name}`,
  },
  'aws:iam/role:Role': {
    calls: ['CreateRole', 'GetRole', 'PutRolePolicy', 'DeleteRolePolicy', 'PassRole', 'DeleteRole'].map(
      (call) => `iam:${call}`,
    ),
    on: (name) => `arn:aws:iam::1:role/${name}`,
  },
  'aws:kinesis/resourcePolicy:ResourcePolicy': {
    calls: ['kinesis:PutResourcePolicy', 'kinesis:GetResourcePolicy', 'kinesis:DeleteResourcePolicy'],
    on: (name) => `arn:aws:kinesis:eu-west-1:1:stream/${name}`,
  },
  'aws:kinesis/stream:Stream': {
    calls: ['CreateStream', 'StartStreamEncryption', 'IncreaseStreamRetentionPeriod', 'DeleteStream'].map(
      (call) => `kinesis:${call}`,
    ),
    on: (name) => `arn:aws:kinesis:eu-west-1:1:stream/${name}`,
  },
  'aws:kms/alias:Alias': {
    calls: ['kms:CreateAlias', 'kms:DeleteAlias'],
    on: (name) => `arn:aws:kms:eu-west-1:1:${name}`,
  },
  'aws:kms/key:Key': { calls: ['kms:CreateKey'] },
  'aws:lambda/eventSourceMapping:EventSourceMapping': {
    calls: ['lambda:CreateEventSourceMapping', 'lambda:DeleteEventSourceMapping'],
    on: () => 'arn:aws:lambda:eu-west-1:1:event-source-mapping:1',
  },
  'aws:lambda/function:Function': {
    calls: ['CreateFunction', 'GetFunction', 'UpdateFunctionCode', 'PutFunctionConcurrency', 'DeleteFunction'].map(
      (call) => `lambda:${call}`,
    ),
    on: (name) => `arn:aws:lambda:eu-west-1:1:function:${name}`,
  },
  'aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig': {
    calls: ['lambda:PutFunctionEventInvokeConfig', 'lambda:DeleteFunctionEventInvokeConfig'],
    on: (name) => `arn:aws:lambda:eu-west-1:1:function:${name}`,
  },
  'aws:lambda/layerVersion:LayerVersion': {
    calls: ['lambda:PublishLayerVersion', 'lambda:GetLayerVersion', 'lambda:DeleteLayerVersion'],
    on: (name) => `arn:aws:lambda:eu-west-1:1:layer:${name}`,
  },
  'aws:lambda/permission:Permission': {
    calls: ['lambda:AddPermission', 'lambda:GetPolicy', 'lambda:RemovePermission'],
    on: (name) => `arn:aws:lambda:eu-west-1:1:function:${name}`,
  },
  'aws:s3/bucket:Bucket': bucketCalls('CreateBucket', 'ListBucket', 'GetBucketTagging', 'DeleteBucket'),
  'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration': bucketCalls('PutLifecycleConfiguration'),
  'aws:s3/bucketNotification:BucketNotification': bucketCalls('PutBucketNotification'),
  'aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration': bucketCalls(
    'PutBucketObjectLockConfiguration',
    'GetBucketObjectLockConfiguration',
  ),
  'aws:s3/bucketPolicy:BucketPolicy': bucketCalls('PutBucketPolicy', 'DeleteBucketPolicy'),
  'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock': bucketCalls('PutBucketPublicAccessBlock'),
  'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration':
    bucketCalls('PutEncryptionConfiguration'),
  'aws:s3/bucketVersioning:BucketVersioning': bucketCalls('PutBucketVersioning'),
  // Code of functions goes into SST's own bucket
  'aws:s3/bucketObjectv2:BucketObjectv2': {
    calls: ['s3:PutObject', 's3:DeleteObject'],
    on: () => 'arn:aws:s3:::sst-asset-abcd/assets/x.zip',
  },
  'aws:scheduler/schedule:Schedule': {
    calls: ['scheduler:CreateSchedule', 'scheduler:GetSchedule', 'scheduler:DeleteSchedule'],
    on: (name) => `arn:aws:scheduler:eu-west-1:1:schedule/portcullis-production-clock/${name}`,
  },
  'aws:scheduler/scheduleGroup:ScheduleGroup': {
    calls: ['scheduler:CreateScheduleGroup', 'scheduler:DeleteScheduleGroup'],
    on: (name) => `arn:aws:scheduler:eu-west-1:1:schedule-group/${name}`,
  },
  'aws:sns/topic:Topic': {
    calls: ['sns:CreateTopic', 'sns:SetTopicAttributes', 'sns:DeleteTopic'],
    on: (name) => `arn:aws:sns:eu-west-1:1:${name}`,
  },
  'aws:sns/topicPolicy:TopicPolicy': {
    calls: ['sns:SetTopicAttributes'],
    on: (name) => `arn:aws:sns:eu-west-1:1:${name}`,
  },
  'aws:sns/topicSubscription:TopicSubscription': {
    calls: ['sns:Subscribe', 'sns:Unsubscribe'],
    on: () => 'arn:aws:sns:eu-west-1:1:trail-objects',
  },
  'aws:sqs/queue:Queue': {
    calls: ['sqs:CreateQueue', 'sqs:GetQueueAttributes', 'sqs:DeleteQueue'],
    on: (name) => `arn:aws:sqs:eu-west-1:1:${name}`,
  },
  'aws:sqs/queuePolicy:QueuePolicy': {
    calls: ['sqs:SetQueueAttributes'],
    on: (name) => `arn:aws:sqs:eu-west-1:1:${name}`,
  },
  'aws:sqs/redriveAllowPolicy:RedriveAllowPolicy': {
    calls: ['sqs:SetQueueAttributes'],
    on: (name) => `arn:aws:sqs:eu-west-1:1:${name}`,
  },
  'aws:ssm/parameter:Parameter': {
    calls: ['ssm:PutParameter', 'ssm:GetParameter', 'ssm:DeleteParameter'],
    on: (name) => `arn:aws:ssm:eu-west-1:1:parameter${name}`,
  },
};

/** What `docs/deployer-policy.json` allows, against what is created. */
export function testDeployerPolicy(): void {
  describe('the policy of whoever deploys (docs/deployer-policy.json)', () => {
    const text = readFileSync(path.resolve(import.meta.dirname, '../../docs/deployer-policy.json'), 'utf8');
    const statements: readonly Statement[] = JSON.parse(text).Statement;

    it('fits into an inline policy of a role', () => {
      expect(text.replace(/\s/g, '').length).toBeLessThanOrEqual(10_240);
    });

    it.each(CONFIGURATIONS)('lets all be made and removed that %s creates', (configuration) => {
      const created = synthesize('production', configuration).resources.filter(({ type }) => type.startsWith('aws:'));
      const refused = created.flatMap(({ type, name, inputs }) => {
        const known = CALLS[type];
        if (!known) return [`${type}: nobody has said what it takes to make one`];
        const on = known.on?.(physicalName(inputs) ?? `portcullis-production-${name}`);
        return known.calls.filter((call) => !allows(statements, call, on)).map((call) => `${call} on ${on ?? '*'}`);
      });
      expect([...new Set(refused)]).toEqual([]);
    });

    it.each([
      { call: 'iam:PutRolePolicy', on: 'arn:aws:iam::1:role/admin', why: 'roles of others' },
      { call: 's3:GetObject', on: 'arn:aws:s3:::portcullis-production-evidence-1-eu-west-1/x', why: 'evidence' },
      {
        call: 'kinesis:GetRecords',
        on: 'arn:aws:kinesis:eu-west-1:1:stream/portcullis-production-activity',
        why: 'activity',
      },
      {
        call: 'dynamodb:GetItem',
        on: 'arn:aws:dynamodb:eu-west-1:1:table/portcullis-production-alerts',
        why: 'alerts',
      },
      {
        call: 'events:PutEvents',
        on: 'arn:aws:events:eu-west-1:1:event-bus/portcullis-production-alerts',
        why: 'speak for us',
      },
      {
        call: 'dynamodb:PutItem',
        on: 'arn:aws:dynamodb:eu-west-1:1:table/portcullis-production-ledger',
        why: 'forge an approval',
      },
      {
        call: 'lambda:InvokeFunction',
        on: 'arn:aws:lambda:eu-west-1:1:function:portcullis-production-act-mint',
        why: 'act',
      },
      { call: 'kms:Sign', on: 'arn:aws:kms:eu-west-1:1:key/1', why: 'sign for us' },
    ])('does not let $call on $on ($why)', ({ call, on }) => {
      expect(allows(statements, call, on)).toBe(false);
    });
  });
}

/** API Gateway's permissions are named after HTTP's methods. */
function apiCalls(path: string) {
  return {
    calls: ['POST', 'GET', 'PATCH', 'DELETE'].map((method) => `apigateway:${method}`),
    on: () => `arn:aws:apigateway:eu-west-1::${path}`,
  };
}

function bucketCalls(...calls: readonly string[]) {
  return { calls: calls.map((call) => `s3:${call}`), on: (name: string) => `arn:aws:s3:::${name}` };
}

function physicalName({
  name,
  bucket,
  layerName,
  dashboardName,
}: Readonly<Record<string, unknown>>): string | undefined {
  const named = [name, bucket, layerName, dashboardName].find((one) => typeof one === 'string');
  return named === undefined ? undefined : String(named);
}

function allows(statements: readonly Statement[], call: string, on: string | undefined): boolean {
  return statements.some(
    ({ Action, Resource }) =>
      list(Action).some((pattern) => matches(pattern, call)) &&
      list(Resource).some((pattern) => (on === undefined ? pattern === '*' : matches(pattern, on))),
  );
}

function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}
