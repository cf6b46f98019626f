import { beforeAll, describe, expect, it } from 'vitest';
import { CONFIGURATIONS, type Created, list, type Statement, synthesize } from './synthesized.ts';

const KEY = /:kms:.*\/DataKey$/;

/** Actions that know no resource, so that `*` is the only value they take. */
const WITHOUT_RESOURCE: Readonly<Record<string, string>> = {
  'xray:PutTraceSegments': 'segments belong to no resource',
  'xray:PutTelemetryRecords': 'neither does telemetry',
  'dynamodb:ListStreams': 'lists the streams of a table, by parameter',
};

/** The same, of the role that looks for the response. */
const LOOKS_WITHOUT_RESOURCE: Readonly<Record<string, string>> = {
  'ec2:DescribeNetworkInterfaces': 'lists them all',
  'iam:GetAccountAuthorizationDetails': 'tells of all',
  'lambda:ListFunctions': 'lists them all',
  'organizations:ListPolicies': 'lists them all',
};

/** The same, of the one that reviews. */
const REVIEWS_WITHOUT_RESOURCE: Readonly<Record<string, string>> = {
  'iam:GetAccountAuthorizationDetails': 'tells of all of an account',
};

const POWER_ROLES = ['PowerLook', 'PowerMint', 'PowerAttach', 'PowerRevert', 'PowerEdit'];

/** Resources of AWS; a change should be noticed. */
const COUNTS = { 'new-trail': 149, 'log-group': 141, organization: 151, response: 247, sources: 173 } as const;

/** Whoever plans has all of IAM's actions in it, to say what they enable. */
const LARGE_HANDLERS: ReadonlySet<string> = new Set(['packages/functions/src/respond.handler']);

/** What holds whichever way logs come. */
export function testEveryConfiguration(): void {
  describe.each(CONFIGURATIONS)('%s', (configuration) => {
    const acts = configuration === 'response';
    const subscribes = configuration === 'log-group' || configuration === 'sources';
    const reviews = configuration === 'organization';
    const functionCount = acts ? 17 : reviews || configuration === 'sources' ? 8 : 7;
    let created: Created;
    beforeAll(() => {
      created = synthesize('production', configuration);
    });

    it('creates so many resources', () => {
      const own = created.resources.filter(({ type }) => !/^(pulumi|sst|random):/.test(type));
      expect(own).toHaveLength(COUNTS[configuration]);
    });

    it('names everything after the deployment, so that policies can', () => {
      const named = created.resources.filter(({ inputs }) => typeof inputs.name === 'string' && !('actions' in inputs));
      expect(named.length).toBeGreaterThan(60);
      for (const { name, inputs } of named) {
        expect(inputs.name, name).toMatch(/^((alias\/|\/|\/aws\/lambda\/)?portcullis-production\b|\$default$)/);
      }
    });

    describe('encryption', () => {
      it('uses one key of its own, which rotates', () => {
        expect(created.inputsOf('DataKey')).toMatchObject({ enableKeyRotation: true, deletionWindowInDays: 30 });
      });

      it.each([
        { kind: 'Stream', setting: 'kmsKeyId' },
        { kind: 'Queue', setting: 'kmsMasterKeyId' },
        { kind: 'Topic', setting: 'kmsMasterKeyId' },
        { kind: 'LogGroup', setting: 'kmsKeyId' },
        { kind: 'Trail', setting: 'kmsKeyId' },
      ])('of every $kind', ({ kind, setting }) => {
        const all = created.all(kind);
        if (kind !== 'Trail') expect(all.length).toBeGreaterThan(0);
        for (const { name, inputs } of all) expect(inputs[setting], name).toMatch(KEY);
      });

      it('of every table, which can be restored and not be deleted by a slip', () => {
        const tables = created.all('Table');
        expect(tables).toHaveLength(5);
        for (const { name, inputs } of tables) {
          expect(inputs, name).toMatchObject({
            serverSideEncryption: { enabled: true, kmsKeyArn: expect.stringMatching(KEY) },
            pointInTimeRecovery: { enabled: true },
            deletionProtectionEnabled: true,
          });
        }
      });

      it('of every bucket, which is private and keeps versions', () => {
        const buckets = created.all('Bucket').map(({ name }) => name);
        expect(buckets.length).toBeGreaterThanOrEqual(4);
        for (const name of buckets) {
          expect(JSON.stringify(created.inputsOf(`${name}Encryption`).rules), name).toMatch(/aws:kms.*DataKey"/);
          expect(created.inputsOf(`${name}Versioning`), name).toMatchObject({
            versioningConfiguration: { status: 'Enabled' },
          });
          expect(created.inputsOf(`${name}Private`), name).toMatchObject({
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
          });
        }
      });

      it('on the way: plain HTTP is refused, by everything with a policy', () => {
        const documents = ['QueuePolicy', 'BucketPolicy', 'TopicPolicy', 'ResourcePolicy'].flatMap(created.all);
        const things = ['Queue', 'Bucket', 'Topic', 'Stream'].flatMap(created.all);
        expect(documents).toHaveLength(things.length);
        for (const { name } of documents) {
          expect(created.statementsOf(name), name).toContainEqual(
            expect.objectContaining({
              Effect: 'Deny',
              Principal: '*',
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            }),
          );
        }
      });
    });

    describe('permissions', () => {
      it('let no role be taken up by anything but one service', () => {
        const roles = created.all('Role').filter(({ name }) => !POWER_ROLES.includes(name));
        expect(roles.length).toBeGreaterThan(8);
        for (const { name } of roles) {
          const [statement, ...more] = created.statementsOf(name, 'assumeRolePolicy');
          expect(more, name).toEqual([]);
          expect(statement, name).toMatchObject({ Effect: 'Allow', Action: 'sts:AssumeRole' });
          expect(statement?.Principal, name).toEqual({ Service: expect.stringMatching(/^[a-z]+\.amazonaws\.com$/) });
        }
      });

      it('come from no managed policy', () => {
        for (const { name, inputs } of created.all('Role')) expect(inputs.managedPolicyArns ?? [], name).toEqual([]);
      });

      it('name every action', () => {
        const granted = [...created.granted(), ...resourcePolicies(created)].filter(({ Effect }) => Effect === 'Allow');
        expect(granted.length).toBeGreaterThan(50);
        for (const { Action } of granted)
          for (const action of list(Action)) expect(action).toMatch(/^[a-z0-9]+:[A-Za-z0-9]+$/);
      });

      it('name their resources, but for actions that know none', () => {
        const open = created.granted().filter(({ Resource }) => list(Resource).includes('*'));
        const expected = {
          ...WITHOUT_RESOURCE,
          ...(acts && LOOKS_WITHOUT_RESOURCE),
          ...(reviews && REVIEWS_WITHOUT_RESOURCE),
        };
        expect(new Set(open.flatMap(({ Action }) => list(Action)))).toEqual(new Set(Object.keys(expected)));
      });

      it('leave no resource open in front: a part of its own name is always given', () => {
        // Those that act do it on what is the customer's: test/stacks/escalation-suite.ts
        for (const { role, Resource } of created.granted().filter((one) => !POWER_ROLES.includes(one.role))) {
          for (const resource of list(Resource)) {
            if (resource !== '*')
              expect(resource, role).toMatch(
                /portcullis-production|DataKey|SigningKey|example-(?:trail|flow)-logs|:key\/1234abcd/,
              );
          }
        }
      });
    });

    describe('failures', () => {
      it('of streams: reported one by one, bisected, retried within limits, and kept whole', () => {
        const readers = created.all('EventSourceMapping').filter(({ inputs }) => 'startingPosition' in inputs);
        expect(readers.length).toBeGreaterThanOrEqual(2);
        for (const { name, inputs } of readers) {
          expect(inputs, name).toMatchObject({
            startingPosition: 'TRIM_HORIZON',
            functionResponseTypes: ['ReportBatchItemFailures'],
            bisectBatchOnFunctionError: true,
            maximumRetryAttempts: 100,
            maximumRecordAgeInSeconds: 86_400,
            destinationConfig: {
              onFailure: { destinationArn: expect.stringMatching(/^arn:aws:s3:::portcullis-production-failures-/) },
            },
          });
          expect(inputs.maximumBatchingWindowInSeconds, name).toBeLessThanOrEqual(2);
        }
      });

      it('of queues: reported one by one, and set aside after five tries', () => {
        const readers = created.all('EventSourceMapping').filter(({ inputs }) => !('startingPosition' in inputs));
        expect(readers.length).toBeGreaterThanOrEqual(1);
        for (const { name, inputs } of readers) {
          expect(inputs.functionResponseTypes, name).toEqual(['ReportBatchItemFailures']);
          expect(inputs.maximumBatchingWindowInSeconds ?? 0, name).toBeLessThanOrEqual(2);
          const source = created
            .all('Queue')
            .find((queue) => String(inputs.eventSourceArn).endsWith(`:${queue.inputs.name}`));
          expect(JSON.parse(String(source?.inputs.redrivePolicy)), name).toEqual({
            deadLetterTargetArn: expect.stringMatching(/-dead(\.fifo)?$/),
            maxReceiveCount: 5,
          });
        }
      });

      it('of rules and schedules: kept in their region', () => {
        const targets = created.all('EventTarget').filter(({ inputs }) => inputs.region === undefined);
        const schedules = created.all('Schedule').map(({ inputs }) => inputs.target as typeof inputs);
        expect(schedules).toHaveLength(acts ? 5 : reviews ? 4 : 3);
        for (const { deadLetterConfig } of [...targets.map(({ inputs }) => inputs), ...schedules]) {
          expect(deadLetterConfig).toEqual({
            arn: expect.stringMatching(/-(undelivered|(?:trail|flow)-objects-dead)$/),
          });
        }
      });

      it('of functions that nobody waits for: kept', () => {
        const leads = acts ? ['respond', 'keep-leases', 'collect-facts'] : [];
        const awake = [
          'ingest-event',
          'roll-up',
          'publish-outbox',
          'heartbeat',
          ...(reviews ? ['review'] : []),
          ...leads,
        ].map((name) => `portcullis-production-${name}`);
        const kept = created.all('FunctionEventInvokeConfig');
        expect(kept.map(({ inputs }) => inputs.functionName).sort()).toEqual(awake.sort());
        for (const { inputs } of kept) {
          expect(inputs.destinationConfig).toEqual({ onFailure: { destination: expect.stringMatching(/-failures-/) } });
        }
      });

      it('are allowed to be kept: each role that reads a stream or is woken may write them', () => {
        const writers = created
          .granted()
          .filter(({ Resource }) => list(Resource).some((one) => /-failures-[^/]*\/aws\/lambda\/\*$/.test(one)));
        const expected = ['IngestEventRole', 'ScoreStreamRole', 'RollUpRole', 'PublishOutboxRole', 'HeartbeatRole'];
        if (subscribes) expected.push('IngestStreamRole');
        if (reviews) expected.push('ReviewRole');
        if (acts) {
          expected.push('RespondRole', 'KeepLeasesRole', 'CollectFactsRole');
          expected.push('PublishRevocationsRole', 'ExportLedgerRole');
        }
        expect(new Set(writers.map(({ role }) => role))).toEqual(new Set(expected));
      });

      it('are told: every queue of failures has an alarm that goes somewhere', () => {
        const dead = created
          .all('Queue')
          .map(({ inputs }) => inputs.name)
          .filter((name) => /-(dead|failure-notices|undelivered)(\.fifo)?$/.test(String(name)));
        const alarms = created.all('MetricAlarm').map(({ inputs }) => inputs);
        const watched = alarms.filter(({ metricName }) => metricName === 'ApproximateNumberOfMessagesVisible');
        expect(watched.map(({ dimensions }) => (dimensions as { QueueName: string }).QueueName).sort()).toEqual(
          dead.sort(),
        );
        for (const { alarmActions } of alarms) expect(alarmActions).toEqual([expect.stringMatching(/:sns:/)]);
      });
    });

    it('has an alarm for each way to fall behind or silent', () => {
      const metrics = created.all('MetricAlarm').map(({ inputs }) => String(inputs.metricName));
      expect(metrics.filter((name) => name === 'IteratorAge')).toHaveLength((subscribes ? 3 : 2) + (acts ? 2 : 0));
      expect(metrics).toEqual(
        expect.arrayContaining([
          'OutboxAgeSeconds',
          'SealLagMinutes',
          'Impairments',
          'Invocations',
          'ApproximateAgeOfOldestMessage',
        ]),
      );
      const silent = created.all('MetricAlarm').filter(({ inputs }) => inputs.treatMissingData === 'breaching');
      expect(silent.map(({ name }) => name).sort()).toEqual([
        'HeartbeatMissing',
        ...(acts ? ['KeepLeasesMissing'] : []),
        'OutboxAge',
        'SealLag',
      ]);
    });

    it('subscribes to no log group that a function of ours writes', () => {
      for (const { inputs } of created.all('LogSubscriptionFilter')) expect(inputs.logGroup).not.toMatch(/portcullis-/);
    });

    it('runs functions on arm64 and Node 24, traced, with figures for memory and time of their own', () => {
      const functions = created.all('Function').filter(({ type }) => type.startsWith('aws:'));
      expect(functions).toHaveLength(functionCount);
      for (const { name, inputs } of functions) {
        expect(inputs, name).toMatchObject({
          architectures: ['arm64'],
          runtime: 'nodejs24.x',
          tracingConfig: { mode: 'Active' },
        });
      }
      expect(created.inputsOf('RollUpFunction')).toMatchObject({ reservedConcurrentExecutions: 1 });
    });

    it('keeps logs of its own for a month, apart for each function', () => {
      const groups = created.all('LogGroup').filter(({ inputs }) => String(inputs.name).startsWith('/aws/lambda/'));
      expect(groups).toHaveLength(functionCount);
      for (const { inputs } of groups) expect(inputs.retentionInDays).toBe(30);
    });

    it('bundles handlers of at most 1 MB, without the SDK', () => {
      expect(created.handlers).toHaveLength(functionCount);
      for (const { handler, bytes, external } of created.handlers) {
        console.info(`${configuration}: ${handler} ${Math.round(bytes / 1024)} KiB`);
        expect(bytes, handler).toBeLessThanOrEqual((LARGE_HANDLERS.has(handler) ? 1.5 : 1) * 1024 * 1024);
        for (const name of external) expect(name, handler).toMatch(/^(@aws-sdk\/|node:|[a-z_/]+$)/);
      }
    });

    it('lets no one but the publishers speak for portcullis', () => {
      const names = ['publish-outbox', ...(acts ? ['publish-revocations'] : [])];
      const publishers = names.map((name) => `arn:aws:iam::123456789012:role/portcullis-production-${name}`);
      const [only, nobodyElse] = created.statementsOf('AlertsPolicy');
      expect(only).toMatchObject({
        Effect: 'Deny',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: expect.stringMatching(/:event-bus\/portcullis-production-alerts$/),
        Condition: {
          StringEquals: { 'events:source': 'portcullis' },
          ArnNotEquals: { 'aws:PrincipalArn': publishers },
        },
      });
      expect(nobodyElse).toMatchObject({
        Effect: 'Deny',
        Condition: { StringNotEquals: { 'events:source': 'portcullis' } },
      });
      const roles = ['PublishOutboxRole', ...(acts ? ['PublishRevocationsRole'] : [])];
      expect(roles.map((role) => `arn:aws:iam::123456789012:role/${created.inputsOf(role).name}`)).toEqual(publishers);
      const speakers = created
        .granted()
        .filter(
          ({ Action, Resource }) =>
            list(Action).includes('events:PutEvents') && list(Resource).some((one) => one.endsWith('-alerts')),
        );
      expect(speakers.map(({ role }) => role).sort()).toEqual(roles);
    });

    it('lets nobody sign but the publishers', () => {
      const signers = created.granted().filter(({ Action }) => list(Action).includes('kms:Sign'));
      expect(signers.map(({ role }) => role).sort()).toEqual([
        'PublishOutboxRole',
        ...(acts ? ['PublishRevocationsRole'] : []),
      ]);
      expect(created.inputsOf('SigningKey')).toMatchObject({
        keyUsage: 'SIGN_VERIFY',
        customerMasterKeySpec: 'ECC_NIST_P256',
      });
    });

    it('writes its settings down', () => {
      const { name, type, value } = created.inputsOf('Settings');
      expect({ name, type }).toEqual({ name: '/portcullis-production/settings', type: 'String' });
      expect(JSON.parse(String(value))).toMatchObject({
        version: 1,
        settings: { lateness: { minutes: 15 } },
      });
    });
  });
}

function resourcePolicies(created: Created): readonly Statement[] {
  return ['QueuePolicy', 'BucketPolicy', 'TopicPolicy', 'ResourcePolicy', 'Key', 'EventBusPolicy']
    .flatMap(created.all)
    .flatMap(({ name }) => created.statementsOf(name));
}
