import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createIngest } from '../ingest.ts';
import { json, utf8 } from '../testing/containers.ts';
import {
  GUARDDUTY,
  GUARDDUTY_IN_ASFF,
  GUARDDUTY_IN_OCSF,
  guardDutyEvent,
  PARTNER_IN_ASFF,
  pascalCase,
  type RawFinding,
  securityHubEvent,
} from '../testing/findings.ts';
import { guardDutyType } from './guardduty-type.ts';

const network = (address: string) => ({ kind: 'unknown' as const, address, prefix: address });

function opened(bytes: Buffer) {
  return createIngest({ network }).container(bytes);
}

function one(finding: RawFinding) {
  return opened(json(finding)).findingEvents[0];
}

function withResource(resource: object): RawFinding {
  return { ...GUARDDUTY, resource };
}

const ROLE = '111122223333/role/AROACKCEVSQ6C2EXAMPLE';

describe('a finding', () => {
  const lines = utf8(`${JSON.stringify(GUARDDUTY)}\n${JSON.stringify({ ...GUARDDUTY, id: 'b' })}\n`);
  it.each([
    { bytes: json(guardDutyEvent(GUARDDUTY)), count: 1, why: 'as EventBridge brings it' },
    { bytes: json(securityHubEvent([GUARDDUTY_IN_ASFF, PARTNER_IN_ASFF])), count: 2, why: 'several of Security Hub' },
    { bytes: json(securityHubEvent([GUARDDUTY_IN_OCSF], 'Findings Imported V2')), count: 1, why: 'in OCSF' },
    {
      bytes: json(securityHubEvent([GUARDDUTY_IN_ASFF], 'Security Hub Findings - Custom Action')),
      count: 1,
      why: 'sent by hand',
    },
    { bytes: lines, count: 2, why: 'JSON lines of an export' },
    { bytes: gzipSync(lines), count: 2, why: 'compressed, as in S3' },
    {
      bytes: json({ Findings: [pascalCase(GUARDDUTY)] }),
      count: 1,
      why: 'GetFindings of GuardDuty, by the command line',
    },
    { bytes: json({ findings: [GUARDDUTY] }), count: 1, why: 'GetFindings of GuardDuty, as sent' },
    {
      bytes: json({ Findings: [GUARDDUTY_IN_ASFF, PARTNER_IN_ASFF], NextToken: 'x' }),
      count: 2,
      why: 'GetFindings of Security Hub',
    },
    {
      bytes: json({ Records: [{ eventSource: 'aws:sqs', body: JSON.stringify(guardDutyEvent(GUARDDUTY)) }] }),
      count: 1,
      why: 'in a queue',
    },
  ])('is read: $why', ({ bytes, count }) => {
    const { read, findingEvents, rejected, skipped, partial } = opened(bytes);

    expect(findingEvents).toHaveLength(count);
    expect({ read, rejected, skipped: skipped.size, partial }).toEqual({
      read: count,
      rejected: [],
      skipped: 0,
      partial: false,
    });
  });

  it('says who found what about whom, and when it was told', () => {
    expect(one(GUARDDUTY)).toMatchObject({
      source: 'finding',
      id: expect.stringMatching(/^arn:aws:guardduty:.*\/finding\/16afba5c5c43e07c9e3e5e2e544e95df \d+$/),
      time: Date.parse('2026-03-02T09:15:11.123Z'),
      account: '111122223333',
      region: 'eu-west-1',
      actor: { id: ROLE, kind: 'role', name: 'orders-api', arn: 'arn:aws:iam::111122223333:role/orders-api' },
      sessionName: 'i-0abcdef1234567890',
      product: 'GuardDuty',
      type: 'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS',
      severity: 'high',
    });
  });

  it.each([
    { copy: GUARDDUTY_IN_ASFF, why: 'in Security Hub' },
    { copy: GUARDDUTY_IN_OCSF, why: 'in its second version' },
    { copy: pascalCase(GUARDDUTY) as RawFinding, why: 'from an SDK' },
  ])('is the same in every copy: $why', ({ copy }) => {
    expect(one(copy)).toEqual(one(GUARDDUTY));
  });

  it('keeps nothing of its prose', () => {
    const secret = 'hunter2 hunter2';
    const prose = { title: secret, description: secret, Title: secret, Description: secret, later: secret };
    const events = [GUARDDUTY, GUARDDUTY_IN_ASFF, GUARDDUTY_IN_OCSF].map((finding) => one({ ...finding, ...prose }));

    expect(events.every((event) => event !== undefined)).toBe(true);
    expect(JSON.stringify(events)).not.toContain('hunter2');
  });

  it('bounds names, and leaves out what would look like something else', () => {
    const event = one({
      ...PARTNER_IN_ASFF,
      ProductName: `Watch\u202e\u0000er<b>${'x'.repeat(500)}`,
      Types: [`TTPs/${'y'.repeat(500)}`],
    });

    expect(event?.product).toMatch(/^Watcherbx{1,64}$/);
    expect(event?.type.length).toBe(128);
  });
});

describe('whom a finding is about', () => {
  const key = (userType: string, principalId: string, userName: string) =>
    withResource({ accessKeyDetails: { accessKeyId: 'A', principalId, userType, userName } });
  const fn = 'arn:aws:lambda:eu-west-1:111122223333:function:pay';
  it.each([
    {
      finding: key('IAMUser', 'AIDACKCEVSQ6C2EXAMPLE', 'dana'),
      id: '111122223333/user/AIDACKCEVSQ6C2EXAMPLE',
      why: 'a user',
    },
    { finding: key('Root', '111122223333', 'Root'), id: '111122223333/user/root', why: 'the root user' },
    {
      finding: key('AssumedRole', 'AROA1:dana@example.com', 'AWSReservedSSO_Admin_0123456789abcdef'),
      id: '111122223333/person/AROA1/dana@example.com',
      why: 'a person behind Identity Center',
    },
    {
      finding: key('NewSort', 'AROA1:x', 'r'),
      id: '111122223333/role/AROA1',
      why: 'told by the id where the sort is new',
    },
    {
      finding: withResource({ lambdaDetails: { functionArn: `${fn}:7`, functionName: 'pay' } }),
      id: `111122223333/function/${fn}`,
      why: 'a function, of any version',
    },
    {
      finding: withResource({ instanceDetails: { instanceId: 'i-0abcdef1234567890' } }),
      id: '111122223333/instance/i-0abcdef1234567890',
      why: 'an instance, as flow logs know it',
    },
    {
      finding: withResource({ eksClusterDetails: { name: 'c' } }),
      id: '111122223333/account/111122223333',
      why: 'the account, where nobody is named',
    },
    {
      finding: withResource({ instanceDetails: { instanceId: 'everywhere' } }),
      id: '111122223333/account/111122223333',
      why: 'an id that is none',
    },
    {
      finding: {
        ...GUARDDUTY,
        resource: {},
        service: {
          detection: { sequence: { actors: [{ user: { uid: 'AROA1:s', type: 'AssumedRole', name: 'r' } }] } },
        },
      },
      id: '111122223333/role/AROA1',
      why: 'the actor of an attack sequence',
    },
    {
      finding: PARTNER_IN_ASFF,
      id: '111122223333/user/AIDACKCEVSQ6C2EXAMPLE',
      why: 'the user rather than the account beside it',
    },
    {
      finding: { ...PARTNER_IN_ASFF, Resources: [{ Type: 'AwsLambdaFunction', Id: fn }] },
      id: `111122223333/function/${fn}`,
      why: 'a function in ASFF',
    },
    {
      finding: {
        ...PARTNER_IN_ASFF,
        Resources: [{ Type: 'AwsEc2Instance', Id: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0abcdef1234567890' }],
      },
      id: '111122223333/instance/i-0abcdef1234567890',
      why: 'an instance in ASFF',
    },
    {
      finding: {
        ...PARTNER_IN_ASFF,
        Resources: [
          {
            Type: 'AwsIamRole',
            Id: 'arn:aws:iam::111122223333:role/path/r',
            Details: { AwsIamRole: { RoleId: 'AROA1' } },
          },
        ],
      },
      id: '111122223333/role/AROA1',
      why: 'a role with its id',
    },
    {
      finding: { ...PARTNER_IN_ASFF, Resources: [{ Type: 'AwsIamRole', Id: 'arn:aws:iam::111122223333:role/path/r' }] },
      id: '111122223333/role/name:r',
      why: 'a role by name only, until the seal finds it',
    },
    {
      finding: { ...GUARDDUTY_IN_OCSF, evidences: [] },
      id: '111122223333/role/name:orders-api',
      why: 'a resource in OCSF',
    },
  ])('$why', ({ finding, id }) => {
    expect(one(finding)?.actor.id).toBe(id);
  });
});

describe('what does not count', () => {
  it.each([
    { finding: { ...GUARDDUTY, service: { archived: true } }, reason: 'archived-finding', why: 'archived' },
    {
      finding: { ...GUARDDUTY_IN_ASFF, RecordState: 'ARCHIVED' },
      reason: 'archived-finding',
      why: 'archived in Security Hub',
    },
    {
      finding: { ...GUARDDUTY_IN_ASFF, Workflow: { Status: 'SUPPRESSED' } },
      reason: 'archived-finding',
      why: 'suppressed',
    },
    { finding: { ...GUARDDUTY_IN_OCSF, status_id: 5 }, reason: 'archived-finding', why: 'archived in OCSF' },
    { finding: { ...GUARDDUTY, title: '[SAMPLE] A title' }, reason: 'sample-finding', why: 'a sample' },
    {
      finding: { ...GUARDDUTY, service: { additionalInfo: { sample: true } } },
      reason: 'sample-finding',
      why: 'a sample that says so',
    },
    {
      finding: { ...PARTNER_IN_ASFF, Types: ['Software and Configuration Checks/Vulnerabilities/CVE'] },
      reason: 'posture-finding',
      why: 'a vulnerability',
    },
    { finding: { ...PARTNER_IN_ASFF, Compliance: { Status: 'FAILED' } }, reason: 'posture-finding', why: 'a control' },
    { finding: { ...GUARDDUTY_IN_OCSF, class_uid: 2003 }, reason: 'posture-finding', why: 'compliance in OCSF' },
    { finding: { ...PARTNER_IN_ASFF, Id: 'portcullis/6f4b' }, reason: 'own-finding', why: 'an alert of our own' },
    {
      finding: { ...GUARDDUTY_IN_OCSF, metadata: { product: { name: 'Portcullis' } } },
      reason: 'own-finding',
      why: 'the same in OCSF',
    },
  ])('$why', ({ finding, reason }) => {
    const { findingEvents, skipped, rejected, read } = opened(json([finding]));

    expect({ findingEvents, skipped: [...skipped], rejected, read }).toEqual({
      findingEvents: [],
      skipped: [[reason, 1]],
      rejected: [],
      read: 1,
    });
  });

  it('is an event that somebody put under another source', () => {
    const { findingEvents, skipped } = opened(json({ ...guardDutyEvent(GUARDDUTY), source: 'my.app' }));

    expect([findingEvents, [...skipped]]).toEqual([[], [['not-cloudtrail', 1]]]);
  });
});

describe('a damaged finding is refused with its place', () => {
  it.each([
    {
      container: [GUARDDUTY, { ...GUARDDUTY, updatedAt: undefined }],
      position: '[1]',
      reason: 'missing-event-time',
      why: 'no time',
    },
    {
      container: [{ ...GUARDDUTY, updatedAt: 'noon' }],
      position: '[0]',
      reason: 'invalid-event-time',
      why: 'no such time',
    },
    {
      container: securityHubEvent([PARTNER_IN_ASFF, { ...PARTNER_IN_ASFF, Id: '' }]),
      position: 'detail.findings[1]',
      reason: 'invalid-finding',
      why: 'no id',
    },
    {
      container: securityHubEvent([{}]),
      position: 'detail.findings[0]',
      reason: 'invalid-finding',
      why: 'nothing in it',
    },
    { container: securityHubEvent(['x']), position: 'detail.findings[0]', reason: 'invalid-finding', why: 'no object' },
    {
      container: { ...securityHubEvent([]), detail: {} },
      position: 'detail.findings',
      reason: 'invalid-finding',
      why: 'no findings',
    },
    { container: guardDutyEvent(undefined), position: 'detail', reason: 'invalid-finding', why: 'no detail' },
    {
      container: [{ ...GUARDDUTY, severity: 11 }],
      position: '[0]',
      reason: 'invalid-finding',
      why: 'no such severity',
    },
    {
      container: [{ ...GUARDDUTY, severity: '8' }],
      position: '[0]',
      reason: 'invalid-finding',
      why: 'a severity that is no number',
    },
    {
      container: [{ ...GUARDDUTY, type: [] }],
      position: '[0]',
      reason: 'invalid-finding',
      why: 'a type that is no text',
    },
    {
      container: [{ ...PARTNER_IN_ASFF, AwsAccountId: 'x' }],
      position: '[0]',
      reason: 'invalid-finding',
      why: 'no account',
    },
  ])('$why', ({ container, position, reason }) => {
    expect(opened(json(container)).rejected).toMatchObject([{ reason, position }]);
  });
});

describe('severity', () => {
  it.each([
    [0.9, 'informational'],
    [1, 'low'],
    [3.9, 'low'],
    [4, 'medium'],
    [7, 'high'],
    [8.9, 'high'],
    [9, 'critical'],
  ])('%d of GuardDuty is %s', (severity, band) => {
    expect(one({ ...GUARDDUTY, severity })?.severity).toBe(band);
  });

  it.each([
    [{ Label: 'CRITICAL', Normalized: 1 }, 'critical'],
    [{ Normalized: 0 }, 'informational'],
    [{ Normalized: 39 }, 'low'],
    [{ Normalized: 69 }, 'medium'],
    [{ Normalized: 89 }, 'high'],
    [{ Normalized: 90 }, 'critical'],
  ])('%o of Security Hub is %s', (Severity, band) => {
    expect(one({ ...PARTNER_IN_ASFF, Severity })?.severity).toBe(band);
  });
});

describe('guardDutyType', () => {
  it.each([
    ['TTPs/Command and Control/Backdoor:EC2-C&CActivity.B!DNS', 'Backdoor:EC2/C&CActivity.B!DNS'],
    ['TTPs/AttackSequence:IAM-CompromisedCredentials', 'AttackSequence:IAM/CompromisedCredentials'],
    ['CryptoCurrency:EC2/BitcoinTool.B', 'CryptoCurrency:EC2/BitcoinTool.B'],
    ['Unusual Behaviors/User', 'Unusual Behaviors/User'],
  ])('%s is %s', (written, own) => {
    expect(guardDutyType(written)).toBe(own);
  });
});
