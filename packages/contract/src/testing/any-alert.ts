import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ACTOR_KINDS, ANOMALY_DETAIL_TYPES, CONFIDENCES, EVIDENCE_FAMILIES, SEVERITIES, VERDICTS } from '../names.ts';
import type { AlertActor, AnomalyData, AnomalyEvent, Evidence } from '../types.ts';

const example: AnomalyEvent = JSON.parse(
  readFileSync(new URL('../../../../docs/schemas/examples/anomaly-detected.json', import.meta.url), 'utf8'),
);

/** The documented example with other fields, or another detail-type. */
export function anAlert(
  data: Partial<AnomalyData> = {},
  detailType: AnomalyEvent['detail-type'] = example['detail-type'],
): AnomalyEvent {
  const { detail } = example;
  return { ...example, 'detail-type': detailType, detail: { ...detail, data: { ...detail.data, ...data } } };
}

/** Texts as logs hold them: any characters, also long ones, control characters and halves of pairs. */
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 40 }), fc.constant('漢\n'.repeat(5000)));
const named = text.filter((value) => value.length > 0);
const account = fc.constantFrom('123456789012', '210987654321', 'unknown');
const arn = fc.oneof(
  named.map((name) => `arn:aws:iam::123456789012:role/${name}`),
  fc.constantFrom(
    'arn:aws-us-gov:iam::123456789012:user/ana',
    'arn:aws:lambda:eu-west-1:123456789012:function:orders',
    'arn:aws:sts::123456789012:assumed-role/admin/ana@example.com',
    'arn:aws:iam::123456789012:root',
  ),
);
const actor: fc.Arbitrary<AlertActor> = fc.record(
  { id: named, kind: fc.constantFrom(...ACTOR_KINDS), arn, name: text },
  { requiredKeys: ['id', 'kind', 'name'] },
);
const evidence: fc.Arbitrary<Evidence> = fc.record(
  {
    detector: fc.constantFrom('new-action', 'call-rate', 'unusual-hour'),
    family: fc.constantFrom(...EVIDENCE_FAMILIES),
    bits: fc.nat(60),
    impact: fc.nat(3),
    contribution: fc.nat(40),
    observed: fc.oneof(text, fc.constantFrom('iam:CreateAccessKey', 's3:GetObject')),
    usual: text,
    reason: text,
    note: text,
  },
  { requiredKeys: ['detector', 'family', 'bits', 'impact', 'contribution', 'observed', 'usual', 'reason'] },
);

/** Any alert that `parseAlert` would take, within what its rules on sums allow. */
export const anyAlert: fc.Arbitrary<AnomalyEvent> = fc
  .record({
    detailType: fc.constantFrom(...ANOMALY_DETAIL_TYPES),
    data: fc.record({
      account,
      region: fc.constantFrom('eu-west-1', 'us-gov-west-1', 'unknown'),
      severity: fc.constantFrom(...SEVERITIES),
      score: fc.integer({ min: 0, max: 100 }),
      confidence: fc.constantFrom(...CONFIDENCES),
      actor,
      title: named,
      techniques: fc.uniqueArray(fc.constantFrom('T1098', 'T1098.001', 'T1685.002')),
      eventIds: fc.array(named, { minLength: 1, maxLength: 100 }),
    }),
    evidence: fc.array(evidence, { minLength: 1, maxLength: 60 }),
    joined: fc.option(fc.array(fc.record({ actor, risk: fc.nat(50) }), { minLength: 1, maxLength: 50 })),
    verdict: fc.option(fc.record({ verdict: fc.constantFrom(...VERDICTS), by: text, reason: text })),
  })
  .map(({ detailType, data, evidence, joined, verdict }) =>
    anAlert(
      {
        ...data,
        evidence,
        risk: evidence.reduce((sum, { contribution }) => sum + contribution, 0),
        eventCount: data.eventIds.length,
        ...(joined === null ? {} : { case: { actors: joined, more: 0 } }),
        ...(verdict === null ? {} : { verdict: { ...verdict, at: '2026-11-23T11:00:00Z' } }),
      },
      detailType,
    ),
  );
