import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAlert } from '../parse-alert.ts';
import { anAlert, anyAlert } from '../testing/any-alert.ts';
import type { AnomalyDetailType, Verdict } from '../types.ts';
import type { OcsfDetectionFinding } from './ocsf.ts';
import { toOcsf } from './to-ocsf.ts';

// Generated from what schema.ocsf.io publishes; test/fixtures/README.md says how
const published = new URL('../../../../test/fixtures/ocsf/detection-finding-1.8.0-cloud.schema.json', import.meta.url);
const validate = new Ajv2020({ strict: false, allErrors: true }).compile(JSON.parse(readFileSync(published, 'utf8')));

/** As it goes over a wire. */
function problems(finding: unknown): string[] {
  validate(JSON.parse(JSON.stringify(finding)));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const finding = toOcsf(anAlert());

describe('toOcsf', () => {
  it('is a Detection Finding of OCSF 1.8.0, whatever the alert', () => {
    fc.assert(
      fc.property(anyAlert, (alert) => {
        expect(parseAlert(alert)).toEqual(alert);
        expect(problems(toOcsf(alert))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it.each<{ change: (finding: OcsfDetectionFinding) => object; problem: string }>([
    { change: ({ class_uid: _, ...rest }) => rest, problem: " must have required property 'class_uid'" },
    { change: (rest) => ({ ...rest, severity_id: 7 }), problem: '/severity_id must be equal to one of the allowed' },
    { change: (rest) => ({ ...rest, risk: 15.4 }), problem: ' must NOT have additional properties' },
    { change: (rest) => ({ ...rest, time: '2026-11-23T10:15:00Z' }), problem: '/time must be integer' },
    { change: (rest) => ({ ...rest, risk_score: 87.5 }), problem: '/risk_score must be integer' },
    { change: (rest) => ({ ...rest, cloud: {} }), problem: "/cloud must have required property 'provider'" },
    {
      change: (rest) => ({ ...rest, evidences: [{ uid: 'a' }] }),
      problem: '/evidences/0 must match a schema in anyOf',
    },
    {
      change: (rest) => ({ ...rest, anomaly_analyses: [{}] }),
      problem: '/anomaly_analyses/0 must have required property',
    },
  ])('would be caught: $problem', ({ change, problem }) => {
    expect(problems(change(finding)).some((found) => found.startsWith(problem))).toBe(true);
  });

  it('says of the example what the alert says', () => {
    expect(finding).toMatchObject({
      type_uid: 200401,
      severity_id: 4,
      confidence_id: 3,
      status_id: 1,
      is_alert: true,
      time: Date.parse('2026-11-23T10:15:00Z'),
      risk_score: 87,
      metadata: { uid: '6f4b1c9e5a0d7e23:1', correlation_uid: '6f4b1c9e5a0d7e23', labels: ['mode:live'] },
      cloud: { provider: 'AWS', cloud_partition: 'aws', region: 'eu-west-1', account: { uid: '123456789012' } },
      finding_info: {
        uid: '6f4b1c9e5a0d7e23',
        attacks: [{ version: '19.1', technique: { uid: 'T1098' }, sub_technique: { uid: 'T1098.001' } }],
        first_seen_time: Date.parse('2026-11-23T10:11:42Z'),
        related_events_count: 14,
      },
      resources: [{ uid: 'arn:aws:iam::123456789012:role/orders-api', type: 'AWS::IAM::Role' }],
      anomaly_analyses: [
        {
          anomalies: [
            { observation_parameter: 'new-action', observations: [{ value: 'iam:CreateAccessKey' }] },
            { observation_parameter: 'new-network', observations: [{ value: expect.stringMatching(/^203\.0\.113/) }] },
          ],
          baselines: [{ observations: [{ value: expect.stringMatching(/^dynamodb:GetItem/) }] }, {}],
        },
      ],
      remediation: { desc: expect.stringMatching(/^Not done, only planned: deny-actions iam:CreateAccessKey on arn/) },
      unmapped: { risk: 15.4, expectedPerWeek: { low: 0.001 } },
    });
    expect(finding.evidences.map(({ api }) => api?.operation)).toEqual(['CreateAccessKey', undefined]);
  });

  it.each<{ detailType: AnomalyDetailType; verdict?: Verdict; says: [number, string, boolean] }>([
    { detailType: 'Anomaly Detected', says: [1, 'New', true] },
    { detailType: 'Anomaly Updated', says: [2, 'New', true] },
    { detailType: 'Anomaly Closed', says: [3, 'Archived', false] },
    { detailType: 'Anomaly Updated', verdict: 'confirmed', says: [2, 'In Progress', true] },
    { detailType: 'Anomaly Closed', verdict: 'confirmed', says: [3, 'Resolved', false] },
    { detailType: 'Anomaly Updated', verdict: 'dismissed', says: [2, 'Suppressed', false] },
    { detailType: 'Anomaly Closed', verdict: 'expected', says: [3, 'Suppressed', false] },
    { detailType: 'Anomaly Updated', verdict: 'reopened', says: [2, 'In Progress', true] },
    { detailType: 'Anomaly Closed', verdict: 'reopened', says: [3, 'Archived', false] },
  ])('$detailType, answered $verdict: $says', ({ detailType, verdict, says }) => {
    const answer = verdict && { verdict, by: 'ana', at: '2026-11-23T11:00:00Z', reason: 'a test' };
    const { activity_id, status, is_alert, type_uid, comment } = toOcsf(
      anAlert(answer === undefined ? {} : { verdict: answer }, detailType),
    );

    expect([activity_id, status, is_alert]).toEqual(says);
    expect(type_uid).toBe(200400 + activity_id);
    expect(comment).toBe(verdict && `${verdict} by ana: a test`);
  });

  it('analyses what counts only', () => {
    const evidence = anAlert().detail.data.evidence.map((one) => ({ ...one, note: 'declared' }));

    expect(toOcsf(anAlert({ evidence })).anomaly_analyses).toBeUndefined();
    expect(toOcsf(anAlert({ evidence })).evidences).toHaveLength(2);
  });

  it('does not make up an account or region that the log does not tell', () => {
    expect(toOcsf(anAlert({ account: 'unknown', region: 'unknown' })).cloud).toEqual({
      provider: 'AWS',
      cloud_partition: 'aws',
    });
  });
});
