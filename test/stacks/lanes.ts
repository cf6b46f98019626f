import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { memberTemplate } from '../../stacks/members/member-template.ts';
import { type Created, list, synthesize } from './synthesized.ts';

/** What each way of delivery creates beside the rest. */
export function testLanes(): void {
  describe('one account with a new trail', () => {
    let created: Created;
    beforeAll(() => {
      created = synthesize('production', 'new-trail');
    });

    it('logs all regions, with digests, under the key', () => {
      expect(created.inputsOf('Trail')).toMatchObject({
        name: 'portcullis-production-trail',
        isMultiRegionTrail: true,
        includeGlobalServiceEvents: true,
        enableLogFileValidation: true,
        isOrganizationTrail: false,
      });
    });

    it('lets that trail alone write into its bucket', () => {
      const allowed = created.statementsOf('TrailLogsPolicy').filter(({ Effect }) => Effect === 'Allow');
      expect(allowed).toHaveLength(2);
      for (const { Principal, Condition } of allowed) {
        expect(Principal).toEqual({ Service: 'cloudtrail.amazonaws.com' });
        expect(Condition?.StringEquals).toMatchObject({
          'aws:SourceArn': 'arn:aws:cloudtrail:eu-west-1:123456789012:trail/portcullis-production-trail',
        });
      }
    });

    it('hears of its objects by EventBridge, of log files only', () => {
      expect(JSON.parse(String(created.inputsOf('TrailObjectsRule').eventPattern))).toEqual({
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: {
          bucket: { name: [created.inputsOf('TrailLogs').bucket] },
          object: { key: [{ wildcard: 'AWSLogs/*/CloudTrail/*.json.gz' }] },
        },
      });
      expect(created.statementsOf('TrailObjectsPolicy')).toContainEqual(
        expect.objectContaining({
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Condition: {
            ArnEquals: {
              'aws:SourceArn': 'arn:aws:events:eu-west-1:123456789012:rule/portcullis-production-trail-objects',
            },
          },
        }),
      );
    });

    it('writes notifications of its own buckets only', () => {
      expect(created.all('BucketNotification').map(({ inputs }) => inputs)).toEqual(
        ['failures', 'trail-logs'].map((name) => ({
          bucket: `portcullis-production-${name}-123456789012-eu-west-1`,
          eventbridge: true,
        })),
      );
    });

    it('forwards writes worth a response from here and from where IAM tells its own', () => {
      const rules = created.all('EventRule').filter(({ inputs }) => inputs.name === 'portcullis-production-forward');
      expect(rules.map(({ inputs }) => inputs.region)).toEqual([undefined, 'us-east-1']);
      for (const { inputs } of rules) {
        const pattern = JSON.parse(String(inputs.eventPattern));
        expect(String(inputs.eventPattern).length).toBeLessThanOrEqual(2048);
        expect(new Set(pattern.detail.eventName).size).toBe(pattern.detail.eventName.length);
        expect(pattern.detail.eventName.length).toBeGreaterThanOrEqual(60);
        expect(pattern.detail.eventName).toEqual(
          expect.arrayContaining(['CreateAccessKey', 'StopLogging', 'ConsoleLogin']),
        );
      }
    });

    it('forwards what security services found, by a rule of its own', () => {
      const rules = ['forward', 'intake'].map((way) =>
        created.all('EventRule').filter(({ inputs }) => inputs.name === `portcullis-production-${way}-findings`),
      );
      expect(rules.map(({ length }) => length)).toEqual([2, 1]);
      for (const { inputs } of rules.flat()) {
        const either = JSON.parse(String(inputs.eventPattern)).$or;
        expect(either.map(({ source }: { source: string[] }) => source)).toEqual([
          ['aws.guardduty'],
          ['aws.securityhub'],
          ['aws.securityhub'],
        ]);
      }
    });

    it('lets nobody else forward', () => {
      expect(created.all('EventBusPolicy').map(({ name }) => name)).toEqual(['AlertsPolicy']);
      expect(created.all('StackSet')).toEqual([]);
    });
  });

  describe('one account whose trail is delivered to a log group', () => {
    let created: Created;
    beforeAll(() => {
      created = synthesize('production', 'log-group');
    });

    it('creates no trail, and reads no bucket', () => {
      expect(created.all('Trail')).toEqual([]);
      expect(created.all('BucketNotification')).toHaveLength(1);
    });

    it('subscribes to that log group, at random over shards', () => {
      expect(created.all('LogSubscriptionFilter').map(({ inputs }) => inputs)).toEqual([
        expect.objectContaining({
          logGroup: 'aws-cloudtrail-logs',
          distribution: 'Random',
          filterPattern: '',
          destinationArn: expect.stringMatching(/:stream\/portcullis-production-raw-logs$/),
        }),
      ]);
    });

    it('lets CloudWatch Logs of this account put records, and nothing more', () => {
      expect(created.statementsOf('LogsToRawLogs', 'assumeRolePolicy')).toEqual([
        {
          Effect: 'Allow',
          Principal: { Service: 'logs.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: { StringLike: { 'aws:SourceArn': 'arn:aws:logs:eu-west-1:123456789012:*' } },
        },
      ]);
      const may = created.granted().filter(({ role }) => role === 'LogsToRawLogs');
      expect(may.flatMap(({ Action }) => list(Action)).sort()).toEqual([
        'kinesis:PutRecord',
        'kinesis:PutRecords',
        'kms:GenerateDataKey',
      ]);
    });

    it('tells the function which owners and log groups to believe', () => {
      expect(created.inputsOf('IngestStreamFunction').environment).toMatchObject({
        variables: {
          PORTCULLIS_LOG_GROUPS: '["aws-cloudtrail-logs"]',
          PORTCULLIS_LOG_OWNERS: '["123456789012","210987654321"]',
        },
      });
    });

    it('keeps raw logs over a weekend, on one shard, and reads ten at a time, but activity one by one', () => {
      expect(created.inputsOf('RawLogs')).toMatchObject({ retentionPeriod: 72, shardCount: 1 });
      expect(created.inputsOf('ReadRawLogs')).toMatchObject({ parallelizationFactor: 10 });
      expect(created.inputsOf('ReadActivity')).toMatchObject({ parallelizationFactor: 1 });
    });

    it('forwards from the regions in use, too', () => {
      const regions = created.all('EventRule').map(({ inputs }) => inputs.region);
      expect([...new Set(regions.filter(Boolean))].sort()).toEqual(['eu-central-1', 'us-east-1']);
    });
  });

  describe('an organization with S3 delivery', () => {
    let created: Created;
    beforeAll(() => {
      created = synthesize('production', 'organization');
    });

    it('touches the bucket by reading below its prefix only', () => {
      const bucket = created
        .granted()
        .filter(({ Resource }) => list(Resource).some((one) => one.includes('example-trail-logs')));
      expect(bucket).toEqual([
        {
          role: 'IngestS3Role',
          Effect: 'Allow',
          Action: ['s3:GetObject'],
          Resource: ['arn:aws:s3:::example-trail-logs/trail/AWSLogs/*'],
        },
        {
          role: 'IngestS3Role',
          Effect: 'Allow',
          Action: ['s3:ListBucket'],
          Resource: ['arn:aws:s3:::example-trail-logs'],
        },
      ]);
      expect(JSON.stringify(created.all('BucketNotification'))).not.toContain('example-trail-logs');
    });

    it('lets the function decrypt what is in it', () => {
      expect(created.granted()).toContainEqual({
        role: 'IngestS3Role',
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: ['arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
      });
    });

    it('hears of objects by the topic, and by nothing else', () => {
      expect(created.inputsOf('TrailObjectsSubscription')).toMatchObject({
        topic: 'arn:aws:sns:eu-west-1:123456789012:trail-objects',
        protocol: 'sqs',
      });
      const senders = created.statementsOf('TrailObjectsPolicy').filter(({ Effect }) => Effect === 'Allow');
      expect(senders.map(({ Principal }) => Principal)).toEqual([{ Service: 'sns.amazonaws.com' }]);
    });

    it('takes single events from the forwarding role of its members alone', () => {
      expect(created.statementsOf('IntakePolicy')).toEqual([
        expect.objectContaining({
          Effect: 'Allow',
          Action: 'events:PutEvents',
          Resource: expect.stringMatching(/:event-bus\/portcullis-production-intake$/),
          Condition: {
            StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' },
            ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/portcullis-production-member-forward' },
          },
        }),
      ]);
    });

    it('enrolls the accounts of its units, and those that join', () => {
      expect(created.inputsOf('Members')).toMatchObject({
        permissionModel: 'SERVICE_MANAGED',
        autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
        parameters: {
          Name: 'portcullis-production',
          IntakeBusArn: expect.stringMatching(/-intake$/),
          WatcherRoleArn: 'arn:aws:iam::123456789012:role/portcullis-production-heartbeat',
          HomeRegion: 'eu-west-1',
        },
      });
      const instances = created.all('StackSetInstance').map(({ inputs }) => inputs);
      expect(instances.map(({ stackSetInstanceRegion }) => stackSetInstanceRegion)).toEqual(['eu-west-1', 'us-east-1']);
      for (const { deploymentTargets } of instances) {
        expect(deploymentTargets).toEqual({ organizationalUnitIds: ['ou-ab12-cd34ef56'] });
      }
    });

    it('may take up the role of its members, within the organization', () => {
      expect(created.granted()).toContainEqual({
        role: 'HeartbeatRole',
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Resource: ['arn:aws:iam::*:role/portcullis-production-member'],
        Condition: { StringEquals: { 'aws:ResourceOrgID': ['o-exampleorgid'] } },
      });
    });
  });

  describe('one account that reads what its functions, APIs and networks log', () => {
    let created: Created;
    beforeAll(() => {
      created = synthesize('production', 'sources');
    });

    it('subscribes to the log groups that are named, each with a filter of its own', () => {
      const filters = created.all('LogSubscriptionFilter').map(({ name, inputs }) => [name, inputs.logGroup]);
      expect(filters).toEqual([
        ['FunctionLogsSubscription', '/aws/lambda/orders'],
        ['FunctionLogs1Subscription', '/aws/lambda/payments'],
        ['ApiLogsSubscription', 'orders-api-access'],
        ['FlowLogsSubscription', 'vpc-flow-logs'],
      ]);
    });

    it('tells the function what each of them may hold, and nothing of a trail that comes as objects', () => {
      expect(created.inputsOf('IngestStreamFunction').environment).toMatchObject({
        variables: {
          PORTCULLIS_LOG_GROUPS:
            '["function:/aws/lambda/orders","function:/aws/lambda/payments","api:orders-api-access","flow:vpc-flow-logs"]',
          PORTCULLIS_LOG_OWNERS: '["123456789012","210987654321"]',
        },
      });
    });

    it('reads the bucket of flow logs below its prefix, decrypts it, and changes nothing there', () => {
      const flows = created
        .granted()
        .filter(({ Resource }) => list(Resource).some((one) => /example-flow-logs|key\/1234abcd/.test(one)));
      expect(flows.map(({ role, Action, Resource }) => [role, Action, Resource])).toEqual([
        ['IngestS3Role', ['s3:GetObject'], ['arn:aws:s3:::example-flow-logs/AWSLogs/*']],
        ['IngestS3Role', ['s3:ListBucket'], ['arn:aws:s3:::example-flow-logs']],
        [
          'IngestS3Role',
          ['kms:Decrypt'],
          ['arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
        ],
      ]);
      expect(JSON.stringify(created.all('BucketNotification'))).not.toContain('example-flow-logs');
    });

    it('hears of flow logs by a rule and a queue of their own, with an alarm for what waits', () => {
      expect(JSON.parse(String(created.inputsOf('FlowObjectsRule').eventPattern)).detail).toEqual({
        bucket: { name: ['example-flow-logs'] },
        object: { key: [{ wildcard: 'AWSLogs/*vpcflowlogs/*.log.gz' }] },
      });
      const senders = created.statementsOf('FlowObjectsPolicy').filter(({ Effect }) => Effect === 'Allow');
      expect(senders.map(({ Condition }) => Condition)).toEqual([
        {
          ArnEquals: {
            'aws:SourceArn': 'arn:aws:events:eu-west-1:123456789012:rule/portcullis-production-flow-objects',
          },
        },
      ]);
      expect(created.inputsOf('FlowObjectsWaiting')).toMatchObject({
        dimensions: { QueueName: 'portcullis-production-flow-objects' },
        threshold: 900,
      });
      expect(created.inputsOf('ReadFlowObjects')).toMatchObject({ scalingConfig: { maximumConcurrency: 4 } });
    });
  });

  describe('a review of what principals may do', () => {
    it('is there only where it was asked for', () => {
      const without = synthesize('production', 'new-trail');
      expect(without.handlers.map(({ handler }) => handler)).not.toContain('packages/functions/src/review.handler');
      expect(without.granted().flatMap(({ Action }) => list(Action))).not.toContain(
        'iam:GetAccountAuthorizationDetails',
      );
    });

    it('reads policies and baselines, writes proposals and word of them, and changes nothing', () => {
      const may = synthesize('production', 'organization')
        .granted()
        .filter(({ role }) => role === 'ReviewRole');
      const writes = may.filter(({ Action }) => list(Action).some((one) => /:(?:Put|Update|Delete|Attach)/.test(one)));
      expect(writes.flatMap(({ Resource }) => list(Resource))).toEqual(
        expect.arrayContaining([expect.stringMatching(/-evidence-[^/]*\/reviews\/\*$/)]),
      );
      expect(writes.flatMap(({ Action }) => list(Action)).filter((one) => /^(?:iam|sts|lambda):/.test(one))).toEqual(
        [],
      );
      expect(may).toContainEqual({
        role: 'ReviewRole',
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Resource: ['arn:aws:iam::111122223333:role/portcullis-production-reviewer'],
      });
    });

    it('comes once a week, and for an hour where it could not be woken', () => {
      expect(synthesize('production', 'organization').inputsOf('ReviewSchedule')).toMatchObject({
        scheduleExpression: 'rate(7 days)',
        target: { retryPolicy: { maximumEventAgeInSeconds: 3600 } },
      });
    });
  });

  describe('what a member account gets', () => {
    it('is in the file for those who roll it out themselves (node stacks/members/write-template.ts)', () => {
      const file = path.resolve(import.meta.dirname, '../../stacks/members/member.template.json');
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(memberTemplate());
    });

    it('can forward to our bus, and be asked about the rule, and nothing else where nothing acts', () => {
      const { ForwardRole, MemberRole } = memberTemplate().Resources;
      const allowed = [ForwardRole, MemberRole].flatMap(({ Properties: { Policies } }) =>
        Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
      );
      expect(allowed).toMatchObject([
        { Action: 'events:PutEvents', Resource: { Ref: 'IntakeBusArn' } },
        { Action: ['events:DescribeRule', 'events:ListTargetsByRule'] },
      ]);
    });
  });

  describe('a stage to throw away', () => {
    it('goes without a trace', () => {
      const created = synthesize('test', 'new-trail');
      for (const { inputs } of created.all('Table')) expect(inputs.deletionProtectionEnabled).toBe(false);
      for (const { inputs } of created.all('Bucket')) expect(inputs.forceDestroy).toBe(true);
    });
  });
}
