import { defaultSettings } from '@portcullis/config';
import { type AnomalyEvent, toAsff, toOcsf } from '@portcullis/contract';
import { lookupWithoutData } from '@portcullis/ingest';
import { type LogSource, replay } from '@portcullis/pipeline';
import { describe, expect, it } from 'vitest';
import { anAnomalyEvent } from './builders.ts';

/** As GuardDuty exports it; shape after "GuardDuty finding format", ids made up. */
const GUARDDUTY = {
  schemaVersion: '2.0',
  accountId: '111122223333',
  region: 'eu-west-1',
  partition: 'aws',
  id: '16afba5c5c43e07c9e3e5e2e544e95df',
  arn: 'arn:aws:guardduty:eu-west-1:111122223333:detector/12abc34d567e8fa901bc2d34e56789f0/finding/16afba5c5c43e07c9e3e5e2e544e95df',
  type: 'AttackSequence:IAM/CompromisedCredentials',
  resource: {
    resourceType: 'AccessKey',
    accessKeyDetails: {
      accessKeyId: 'AKIAEXAMPLE',
      principalId: 'AIDAEXAMPLE0000000001',
      userType: 'IAMUser',
      userName: 'ada',
    },
  },
  service: { serviceName: 'guardduty', archived: false, count: 1 },
  severity: 9.1,
  createdAt: '2026-03-02T08:55:11.123Z',
  updatedAt: '2026-03-02T09:15:11.123Z',
};

/** Security Hub's copy of it. */
const COPY = {
  SchemaVersion: '2018-10-08',
  Id: GUARDDUTY.arn,
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
  GeneratorId: 'arn:aws:guardduty:eu-west-1:111122223333:detector/12abc34d567e8fa901bc2d34e56789f0',
  AwsAccountId: '111122223333',
  Region: 'eu-west-1',
  Types: ['TTPs/AttackSequence:IAM-CompromisedCredentials'],
  UpdatedAt: '2026-03-02T09:20:00Z',
  Severity: { Label: 'CRITICAL' },
  Resources: [
    {
      Type: 'AwsIamAccessKey',
      Id: 'AWS::IAM::AccessKey:AKIAEXAMPLE',
      Details: {
        AwsIamAccessKey: { PrincipalId: 'AIDAEXAMPLE0000000001', PrincipalName: 'ada', PrincipalType: 'IAMUser' },
      },
    },
  ],
};

async function replayed(containers: readonly (readonly object[])[]) {
  const told: AnomalyEvent[] = [];
  async function* source(): LogSource {
    for (const [index, lines] of containers.entries()) {
      const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      yield {
        name: `${index}.jsonl`,
        bytes,
        precedingLines: 0,
        laterStartsAt: index < containers.length - 1 ? 0 : undefined,
      };
    }
  }
  const outcome = await replay(source(), {
    settings: defaultSettings,
    network: lookupWithoutData,
    onAlert: (event) => told.push(event),
    onReject: ({ message }) => expect.fail(message),
  });
  return { outcome, told };
}

const hub = { account: '111122223333', region: 'eu-west-1' };

describe('findings of security services in a replay', () => {
  it('count once, in copies, updates and repetitions, in any order', async () => {
    const updated = { ...GUARDDUTY, updatedAt: '2026-03-02T09:45:00Z' };
    const tellings = [[GUARDDUTY], [COPY], [updated, GUARDDUTY]];
    const { outcome, told } = await replayed(tellings);

    expect(outcome).toMatchObject({ read: 4, unique: 3, duplicates: 1, alerts: 1, rejected: {}, skipped: {} });
    expect(told.map(({ detail }) => detail.data.evidence.length)).toEqual(told.map(() => 1));
    expect((await replayed(tellings.toReversed())).told).toEqual(told);
    expect(told[0]?.detail.data).toMatchObject({
      actor: { id: '111122223333/user/AIDAEXAMPLE0000000001', name: 'ada' },
      severity: 'CRITICAL',
      region: 'eu-west-1',
    });
  });

  it('do not count once archived', async () => {
    const archived = { ...GUARDDUTY, service: { ...GUARDDUTY.service, archived: true } };
    const { outcome, told } = await replayed([[archived, { ...COPY, RecordState: 'ARCHIVED' }]]);

    expect(told).toEqual([]);
    expect(outcome.skipped).toEqual({ 'archived-finding': 2 });
  });

  it('never are our own alerts, in whatever form they went out', async () => {
    const alert = anAnomalyEvent();
    const notice = (detailType: string, finding: object) => ({
      source: 'aws.securityhub',
      'detail-type': detailType,
      detail: { findings: [finding] },
    });
    const { outcome, told } = await replayed([
      [
        toAsff(alert, hub),
        toOcsf(alert),
        notice('Security Hub Findings - Imported', toAsff(alert, hub)),
        notice('Findings Imported V2', toOcsf(alert)),
        alert,
      ],
    ]);

    expect(told).toEqual([]);
    expect(outcome.skipped).toEqual({ 'own-finding': 4, 'not-cloudtrail': 1 });
  });
});
