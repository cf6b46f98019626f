import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anAlert, anyAlert } from '../testing/any-alert.ts';
import type { AnomalyDetailType, Verdict } from '../types.ts';
import type { AsffFinding } from './asff.ts';
import { clip } from './clip.ts';
import { toAsff } from './to-asff.ts';

const hub = { account: '999999999999', region: 'eu-central-1' };

/**
 * What is wrong with a finding by the documentation of Security Hub: "Required top-level ASFF attributes", "Optional top-level ASFF
 * attributes" and the API reference of `AwsSecurityFinding`, read in November 2026.
 */
function problems(finding: AsffFinding): string[] {
  const text = (name: string, value: string, most: number) =>
    /\S/.test(value) && value.length <= most ? [] : [`${name}: ${value.length} characters`];
  const instant = (name: string, value: string) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value) ? [] : [`${name}: ${value}`];
  const fields = Object.entries(finding.ProductFields);
  return [
    ...(finding.SchemaVersion === '2018-10-08' ? [] : ['SchemaVersion']),
    ...text('Id', finding.Id, 512),
    ...text('GeneratorId', finding.GeneratorId, 512),
    ...text('Title', finding.Title, 256),
    ...text('Description', finding.Description, 1024),
    ...(/^\d{12}$/.test(finding.AwsAccountId) ? [] : ['AwsAccountId']),
    ...(/^arn:[a-z-]+:securityhub:[a-z0-9-]+:(\d{12}):product\/\1\/default$/.test(finding.ProductArn)
      ? []
      : ['ProductArn']),
    ...instant('CreatedAt', finding.CreatedAt),
    ...instant('UpdatedAt', finding.UpdatedAt),
    ...instant('FirstObservedAt', finding.FirstObservedAt),
    ...instant('LastObservedAt', finding.LastObservedAt),
    ...(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'].includes(finding.Severity.Label) ? [] : ['Severity']),
    ...(finding.Types.length >= 1 && finding.Types.length <= 50 ? [] : ['Types']),
    ...finding.Types.flatMap((type) => (/^Unusual Behaviors\/(User|Serverless|Application)$/.test(type) ? [] : [type])),
    ...(finding.Resources.length >= 1 && finding.Resources.length <= 32 ? [] : ['Resources']),
    ...finding.Resources.flatMap(({ Type, Id }) => [
      ...text('Resources.Type', Type, 256),
      ...text('Resources.Id', Id, 512),
    ]),
    ...(fields.length <= 50 ? [] : ['ProductFields']),
    ...fields.flatMap(([name, value]) => [...text(name, name, 128), ...text(name, value, 2048)]),
    ...text('Remediation', finding.Remediation?.Recommendation.Text ?? '-', 512),
    ...(Buffer.byteLength(JSON.stringify(finding)) <= 240 * 1024 ? [] : ['240 KB']),
  ];
}

describe('toAsff', () => {
  it('keeps within what Security Hub takes, whatever the alert', () => {
    fc.assert(
      fc.property(anyAlert, (alert) => {
        expect(problems(toAsff(alert, hub))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps within it where all is as long as can be', () => {
    const long = '漢'.repeat(20_000);
    const [evidence] = anAlert().detail.data.evidence;
    const actor = { id: long, kind: 'role', arn: `arn:aws:iam::123456789012:role/${long}`, name: long } as const;
    const alert = anAlert({
      title: long,
      actor,
      techniques: Array(300).fill('T1098'),
      eventIds: Array(100).fill(long),
      evidence: Array(60).fill({ ...evidence, observed: long, usual: long, reason: long }),
      case: { actors: Array(40).fill({ actor, risk: 1 }), more: 7 },
      verdict: { verdict: 'confirmed', by: long, at: '2026-11-23T11:00:00Z', reason: long },
    });

    expect(problems(toAsff(alert, hub))).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(toAsff(alert, hub)))).toBeGreaterThan(100_000);
  });

  it('says of the example what the alert says', () => {
    expect(toAsff(anAlert(), hub)).toMatchObject({
      Id: 'portcullis/6f4b1c9e5a0d7e23',
      ProductArn: 'arn:aws:securityhub:eu-central-1:999999999999:product/999999999999/default',
      GeneratorId: 'portcullis/new-action',
      AwsAccountId: '999999999999',
      Types: ['Unusual Behaviors/User'],
      Severity: { Label: 'HIGH', Original: '87' },
      FindingProviderFields: { Severity: { Label: 'HIGH' }, Types: ['Unusual Behaviors/User'] },
      Title: 'Role orders-api used iam:CreateAccessKey for the first time, from a network it has never used',
      Description: expect.stringMatching(
        /^In account 123456789012, eu-west-1\. iam:CreateAccessKey: never used by this role/,
      ),
      Resources: [
        { Type: 'AwsIamRole', Id: 'arn:aws:iam::123456789012:role/orders-api', Partition: 'aws', Region: 'eu-west-1' },
        { Type: 'AwsAccount', Id: 'AWS::::Account:123456789012', Region: 'eu-west-1' },
      ],
      ProductFields: {
        'portcullis/account': '123456789012',
        'portcullis/revision': '1',
        'portcullis/evidence/2': expect.stringMatching(/^new-network \(4\.1\): 203\.0\.113\.0\/24/),
      },
      RecordState: 'ACTIVE',
    });
    expect(toAsff(anAlert(), { ...hub, partition: 'aws-cn' }).ProductArn).toMatch(/^arn:aws-cn:/);
  });

  it('is one finding an episode, made once and updated since', () => {
    const { detail, ...envelope } = anAlert({}, 'Anomaly Updated');
    const metadata = { ...detail.metadata, revision: 2, producedAt: '2026-11-23T10:45:00Z' };
    const [first, second] = [anAlert(), { ...envelope, detail: { ...detail, metadata } }].map((event) =>
      toAsff(event, hub),
    );

    expect([second?.Id, second?.CreatedAt]).toEqual([first?.Id, first?.CreatedAt]);
    expect([first?.UpdatedAt, second?.UpdatedAt]).toEqual(['2026-11-23T10:15:00Z', '2026-11-23T10:45:00Z']);
  });

  it.each<{ detailType: AnomalyDetailType; verdict?: Verdict; state: string }>([
    { detailType: 'Anomaly Updated', state: 'ACTIVE' },
    { detailType: 'Anomaly Updated', verdict: 'confirmed', state: 'ACTIVE' },
    { detailType: 'Anomaly Updated', verdict: 'reopened', state: 'ACTIVE' },
    { detailType: 'Anomaly Updated', verdict: 'dismissed', state: 'ARCHIVED' },
    { detailType: 'Anomaly Updated', verdict: 'expected', state: 'ARCHIVED' },
    { detailType: 'Anomaly Closed', state: 'ARCHIVED' },
  ])('$detailType, answered $verdict, is $state', ({ detailType, verdict, state }) => {
    const answer = verdict && { verdict, by: 'ana', at: '2026-11-23T11:00:00Z', reason: 'a test' };

    expect(toAsff(anAlert(answer === undefined ? {} : { verdict: answer }, detailType), hub).RecordState).toBe(state);
  });
});

describe('clip', () => {
  it.each([
    { text: 'short', most: 5, clipped: 'short', why: 'fits' },
    { text: 'longer', most: 5, clipped: 'long…', why: 'says that more was there' },
    { text: 'ab😀d', most: 4, clipped: 'ab…', why: 'cuts no pair in two' },
    { text: 'a\r\n\tb\u0000', most: 9, clipped: 'a b', why: 'one line' },
    { text: '\ud800', most: 9, clipped: '\ufffd', why: 'half a pair' },
    { text: ' \n', most: 9, clipped: '-', why: 'never empty' },
  ])('$text to $most: $clipped ($why)', ({ text, most, clipped }) => {
    expect(clip(text, most)).toBe(clipped);
  });
});
