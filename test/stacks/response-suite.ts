import { beforeAll, describe, expect, it } from 'vitest';
import { memberTemplate } from '../../stacks/members/member-template.ts';
import { type Created, list, synthesize } from './synthesized.ts';

const ACTING = ['mint', 'attach', 'revert', 'edit'];

/** What is created so that something may act, and what keeps it in bounds. */
export function testResponse(): void {
  describe('without a response', () => {
    it('nothing is created that could act, or be taken up by one that could', () => {
      const { resources, granted } = synthesize('production', 'new-trail');
      const names = resources.map(({ name }) => name);

      expect(names.filter((name) => /Power|Act[A-Z]|KillSwitch|Revocations|Respond/.test(name))).toEqual([]);
      expect(
        granted()
          .flatMap(({ Action }) => list(Action))
          .filter((action) => /^(iam|sts):/.test(action)),
      ).toEqual([]);
    });
  });

  describe('the response', () => {
    let created: Created;
    beforeAll(() => {
      created = synthesize('production', 'response');
    });
    const grantedTo = (role: string) => created.granted().filter((one) => one.role === role);
    const actionsOf = (role: string) => grantedTo(role).flatMap(({ Action }) => list(Action));

    it.each(ACTING)(
      'lets act-%s take up its own role, within the organization, and change nothing by itself',
      (power) => {
        const role = `Act${pascal(power)}Role`;
        const takesUp = grantedTo(role).filter(({ Action }) => list(Action).includes('sts:AssumeRole'));

        expect(takesUp.flatMap(({ Resource }) => list(Resource))).toEqual([
          `arn:aws:iam::*:role/portcullis-production-${power}`,
          ...(power === 'attach' ? ['arn:aws:iam::*:role/portcullis-production-look'] : []),
        ]);
        for (const { Condition } of takesUp) {
          expect(Condition).toEqual({ StringEquals: { 'aws:ResourceOrgID': ['o-exampleorgid'] } });
        }
        expect(
          actionsOf(role).filter((action) => /^(iam|lambda|ec2|sso|organizations|scheduler):/.test(action)),
        ).toEqual([]);
        expect(actionsOf(role).filter((action) => /^dynamodb:(Put|Update|Delete|Batch)/.test(action))).toEqual([]);
      },
    );

    it.each(['Look', 'Mint', 'Attach', 'Revert', 'Edit'])(
      'lets the role of power %s be taken up by its functions, with the external id',
      (power) => {
        const statements = created.statementsOf(`Power${power}`, 'assumeRolePolicy');

        expect(statements).toHaveLength(1);
        expect(statements[0]).toMatchObject({
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': 'portcullis-production/123456789012' } },
        });
      },
    );

    it('fits each of those roles into what a role takes, with denials of its own', () => {
      for (const power of ACTING) {
        const [inline] = created.inputsOf(`Power${pascal(power)}`).inlinePolicies as readonly {
          readonly policy: string;
        }[];
        expect(inline?.policy.length).toBeLessThanOrEqual(10_240);
        const denied = grantedTo(`Power${pascal(power)}`).filter(({ Effect }) => Effect === 'Deny');
        expect(denied.length > 0, power).toBe(power !== 'mint');
      }
    });

    it.each(['RespondRole', 'KeepLeasesRole', 'RevocationsRole'])(
      'lets %s add to the ledger, and never change it',
      (role) => {
        const onLedger = grantedTo(role).filter(({ Resource }) =>
          list(Resource).some((one) => one.endsWith('-ledger')),
        );

        expect(new Set(onLedger.flatMap(({ Action }) => list(Action)))).toEqual(
          new Set(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:ConditionCheckItem']),
        );
        const onControl = grantedTo(role).filter(
          ({ Action, Resource }) =>
            list(Resource).some((one) => one.endsWith('-control')) && /Put|Delete/.test(String(Action)),
        );
        for (const { Condition } of onControl) {
          expect(Condition).toMatchObject({
            'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['open-restrictions'] },
          });
        }
      },
    );

    it('lets those who lead ask the powers, pass one role to schedules, and no more', () => {
      const invoked = (role: string) =>
        grantedTo(role)
          .filter(({ Action }) => list(Action).includes('lambda:InvokeFunction'))
          .flatMap(({ Resource }) => list(Resource).map((one) => one.slice(one.lastIndexOf(':') + 1)));

      expect(invoked('RespondRole')).toEqual(
        ['mint', 'attach', 'edit'].map((power) => `portcullis-production-act-${power}`),
      );
      expect(invoked('KeepLeasesRole')).toEqual(ACTING.map((power) => `portcullis-production-act-${power}`));
      expect(invoked('RevocationsRole')).toEqual(['portcullis-production-keep-leases']);
      for (const role of ['RespondRole', 'KeepLeasesRole']) {
        const passes = grantedTo(role).filter(({ Action }) => list(Action).some((action) => action.startsWith('iam:')));
        expect(passes).toEqual([
          {
            role,
            Effect: 'Allow',
            Action: ['iam:PassRole'],
            Resource: ['arn:aws:iam::123456789012:role/portcullis-production-response-clock'],
            Condition: { StringEquals: { 'iam:PassedToService': ['scheduler.amazonaws.com'] } },
          },
        ]);
        expect(created.inputsOf(role.replace('Role', 'Function'))).toMatchObject({ reservedConcurrentExecutions: 1 });
      }
    });

    it('lets who looks at accounts write what it sees and nothing else, and act on nothing', () => {
      const actions = actionsOf('CollectFactsRole').filter((action) => !/^(logs|xray|kms|ssm):/.test(action));
      const written = grantedTo('CollectFactsRole').filter(({ Action }) => list(Action).includes('s3:DeleteObject'));
      const takesUp = grantedTo('CollectFactsRole').filter(({ Action }) => list(Action).includes('sts:AssumeRole'));

      expect(new Set(actions)).toEqual(
        new Set([
          's3:PutObject',
          's3:DeleteObject',
          's3:GetObject',
          's3:ListBucket',
          'dynamodb:GetItem',
          'sts:AssumeRole',
        ]),
      );
      expect(written.flatMap(({ Resource }) => list(Resource))).toEqual([
        expect.stringMatching(/-state-[^/]*\/response\/facts\/\*$/),
      ]);
      expect(takesUp.flatMap(({ Resource }) => list(Resource))).toEqual([
        'arn:aws:iam::*:role/portcullis-production-look',
      ]);
      expect(created.inputsOf('CollectFactsSchedule')).toMatchObject({ scheduleExpression: 'rate(6 hours)' });
      expect(created.inputsOf('CollectFactsFunction')).toMatchObject({
        environment: { variables: { PORTCULLIS_RESPONSE_REGIONS: expect.stringContaining('eu-west-1') } },
      });
      const [look] = memberTemplate().Resources.LookRole.Properties.AssumeRolePolicyDocument.Statement;
      expect(JSON.stringify(look)).toContain('-collect-facts');
    });

    it('wakes on alerts of the live lane that are no replay', () => {
      expect(JSON.parse(String(created.inputsOf('RespondRule').eventPattern))).toEqual({
        source: ['portcullis'],
        'detail-type': ['Anomaly Detected', 'Anomaly Updated'],
        detail: { metadata: { mode: ['live'] } },
        'replay-name': [{ exists: false }],
      });
    });

    it('tells its ledger to two readers, and copies it to where nobody can change it', () => {
      expect(created.inputsOf('Ledger')).toMatchObject({
        streamEnabled: true,
        streamViewType: 'NEW_AND_OLD_IMAGES',
        pointInTimeRecovery: { enabled: true },
        deletionProtectionEnabled: true,
      });
      expect(created.inputsOf('LedgerCopy')).toMatchObject({ objectLockEnabled: true });
      expect(created.inputsOf('LedgerCopyLock')).toMatchObject({
        rule: { defaultRetention: { mode: 'COMPLIANCE', days: 400 } },
      });
      const onCopy = created
        .granted()
        .filter(({ Resource }) => list(Resource).some((one) => one.includes('portcullis-production-ledger-')));
      expect(onCopy.map(({ role, Action }) => `${role} ${String(Action)}`)).toEqual(['ExportLedgerRole s3:PutObject']);
    });

    it('has a kill switch that deployments leave alone, and whose change is told past everything of ours', () => {
      expect(created.inputsOf('KillSwitch')).toMatchObject({
        name: '/portcullis-production/kill-switch',
        value: 'armed',
      });
      expect(JSON.parse(String(created.inputsOf('KillSwitchRule').eventPattern))).toEqual({
        source: ['aws.ssm'],
        'detail-type': ['Parameter Store Change'],
        detail: { name: ['/portcullis-production/kill-switch'] },
      });
      expect(created.inputsOf('KillSwitchRule').eventBusName).toBeUndefined();
      expect(created.inputsOf('KillSwitchTarget').arn).toMatch(/:sns:.*-alarms$/);
      expect(JSON.stringify(created.statementsOf('AlarmsPolicy'))).toContain('rule/portcullis-production-kill-switch');
      const writers = created.granted().filter(({ Action }) => list(Action).includes('ssm:PutParameter'));
      expect(writers).toEqual([]);
    });

    it('alarms about what brakes held, what failed, and hands laid on ledger or switch', () => {
      const alarms = created.all('MetricAlarm').map(({ inputs }) => inputs);
      const metrics = alarms.map(({ metricName }) => String(metricName));
      const refused = alarms.filter(({ metricName }) => metricName === 'RefusedByLedger');

      expect(refused.map(({ dimensions }) => (dimensions as { service: string }).service)).toEqual(
        ACTING.map((power) => `act-${power}`),
      );

      expect(metrics).toEqual(
        expect.arrayContaining([
          'FailedRevocations',
          'BrakesTripped',
          'LedgerChanged',
          'RefusedByLedger',
          'AccountsNotLookedAt',
          'TriggeredRules',
        ]),
      );
    });

    it('is answered over HTTP by those whom AWS or the issuer vouches for only', () => {
      const routes = created.all('Route').map(({ inputs }) => inputs);

      expect(routes.map(({ routeKey }) => routeKey).sort()).toEqual([
        'GET /oidc/revocations',
        'GET /oidc/revocations/{id}',
        'GET /revocations',
        'GET /revocations/{id}',
        'POST /oidc/revocations/{id}/{verb}',
        'POST /revocations/{id}/{verb}',
      ]);
      for (const { routeKey, authorizationType } of routes) {
        expect(authorizationType).toBe(String(routeKey).includes('/oidc/') ? 'JWT' : 'AWS_IAM');
      }
      expect(created.inputsOf('RevocationsTokens')).toMatchObject({
        jwtConfiguration: { issuer: 'https://login.example.com', audiences: ['portcullis'] },
      });
      expect(created.inputsOf('RevocationsStage')).toMatchObject({
        defaultRouteSettings: { throttlingRateLimit: 5, throttlingBurstLimit: 10 },
        accessLogSettings: { format: expect.stringContaining('$context.identity.userArn') },
      });
      expect(created.inputsOf('RevocationsLog')).toMatchObject({ kmsKeyId: expect.stringMatching(/DataKey$/) });
    });

    it('has roles in its members that only the functions at home take up', () => {
      expect(created.inputsOf('Members').parameters).toMatchObject({
        Response: 'cuts-and-edits',
        WatchingAccount: '123456789012',
        ExternalId: 'portcullis-production/123456789012',
      });
      const { LookRole, MintRole, AttachRole, RevertRole, EditRole } = memberTemplate().Resources;
      for (const role of [LookRole, MintRole, AttachRole, RevertRole, EditRole]) {
        const [statement] = role.Properties.AssumeRolePolicyDocument.Statement;
        expect(statement).toMatchObject({ Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } } } });
      }
      expect([LookRole, MintRole, AttachRole, RevertRole].map(({ Condition }) => Condition)).toEqual(
        Array.from({ length: 4 }, () => 'Responds'),
      );
      expect(EditRole.Condition).toBe('Edits');
    });
  });
}

function pascal(name: string): string {
  return `${name[0]?.toUpperCase()}${name.slice(1)}`;
}
