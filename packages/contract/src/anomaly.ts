import * as z from 'zod';
import {
  accountId,
  arn,
  emergingMetadataSchema,
  eventEnvelope,
  instant,
  kebabId,
  metadataSchema,
} from './event-envelope.ts';
import {
  ACTOR_KINDS,
  ANOMALY_DETAIL_TYPES,
  CONFIDENCES,
  EMERGING_DETAIL_TYPES,
  EVIDENCE_FAMILIES,
  REVERSIBILITIES,
  SEVERITIES,
  VERDICTS,
} from './names.ts';

/** At most this many event ids travel with an alert; the rest are counted in `eventCount`. */
const MAX_EVENT_IDS = 100;
/** Contributions and risk are published with one decimal, so each may be off by half of it. */
const ROUNDING = 0.05;

export const severitySchema = z.enum(SEVERITIES).describe('From impact and score; see docs/contract.md');
export const confidenceSchema = z.enum(CONFIDENCES).describe('How much history stands behind the judgement');

export const actorSchema = z.object({
  id: z.string().min(1).describe('Stable key of the baseline; survives new sessions, rotated keys and renames'),
  kind: z.enum(ACTOR_KINDS),
  arn: z.string().exactOptional().describe('Absent for services and unknown callers'),
  name: z.string().describe('For people. Comes from the logs: treat as untrusted text'),
});

export const evidenceSchema = z.object({
  detector: kebabId.describe('Stable id of the detector: new-action'),
  family: z.enum(EVIDENCE_FAMILIES).describe('What the finding is about; families add, findings of one overlap'),
  bits: z
    .number()
    .min(0)
    .describe('-log2 of the chance that an active day of this actor holds anything this surprising'),
  impact: z.number().min(0).describe('How much harm the action can do, apart from surprise; 1 is ordinary'),
  contribution: z.number().min(0).describe('Share of risk, after allowance, impact and the discount within a family'),
  observed: z.string().describe('The value that stands out. Untrusted text'),
  usual: z.string().describe('What the actor usually does. Untrusted text'),
  reason: z.string().describe('Compared with whom. Untrusted text'),
  note: z
    .string()
    .exactOptional()
    .describe('Why it does not count: declared, answered or told before, suppressed. Its contribution is 0. Since 1.1'),
});

export const plannedStepSchema = z.object({
  action: z.string().min(1).describe('Kind of cut: deny-actions'),
  target: arn.describe('ARN of the principal or resource it is put on'),
  actions: z.array(z.string()).describe('IAM actions that would be denied; empty where the cut is not by action'),
  reason: z.string().min(1),
  reversible: z.enum(REVERSIBILITIES),
});

export const responseSchema = z.object({
  mode: z.literal('dry-run').describe('Nothing is done; the plan says what would be'),
  plan: z.array(plannedStepSchema),
});

export const anomalyDataSchema = z
  .object({
    account: accountId.describe('Account in which it happened'),
    region: z.string().min(1).describe('Region of the most surprising event'),
    severity: severitySchema,
    score: z.int().min(0).max(100).describe('Monotone in risk: how rarely normal operation gets this far'),
    risk: z.number().min(0).describe('Sum of the contributions; unbounded, and not a probability'),
    confidence: confidenceSchema,
    actor: actorSchema,
    title: z.string().min(1).describe('One sentence for people. Untrusted text'),
    firstSeen: instant,
    lastSeen: instant,
    eventCount: z.int().min(1).describe('Events of the episode'),
    eventIds: z.array(z.string()).min(1).max(MAX_EVENT_IDS).describe('Most surprising first'),
    evidence: z.array(evidenceSchema).min(1).describe('Highest contribution first'),
    techniques: z.array(z.string().regex(/^T\d{4}(\.\d{3})?$/, 'expected an ATT&CK technique id')),
    attackVersion: z.string().min(1).describe('MITRE ATT&CK release of the technique ids'),
    expectedPerWeek: z
      .object({ value: z.number().min(0), low: z.number().min(0), high: z.number().min(0) })
      .describe('Episodes a week that normal operation of the whole deployment takes this far, with a 90 % interval'),
    baseline: z
      .object({ events: z.int().min(0), days: z.number().min(0) })
      .describe("The actor's own history behind the judgement"),
    latency: z
      .object({ eventToIngestMs: z.number().min(0), ingestToAlertMs: z.number().min(0) })
      .describe('Both 0 in a replay'),
    response: responseSchema,
    case: z
      .object({
        actors: z
          .array(z.object({ actor: actorSchema, risk: z.number().min(0) }))
          .min(1)
          .describe(
            'Other actors that did the same new things within 36 hours; told here and not by alerts of their own',
          ),
        more: z.int().min(0).describe('How often others joined that are not listed'),
      })
      .exactOptional()
      .describe('What one cause made many actors do'),
    verdict: z
      .object({ verdict: z.enum(VERDICTS), by: z.string(), at: instant, reason: z.string() })
      .exactOptional()
      .describe('What a person answered, once somebody did. Since 1.1'),
  })
  .refine(({ evidence, risk }) => addsUp(evidence, risk), {
    path: ['risk'],
    message: 'expected the sum of the contributions',
  })
  .refine(({ firstSeen, lastSeen }) => Date.parse(firstSeen) <= Date.parse(lastSeen), {
    path: ['lastSeen'],
    message: 'expected no earlier than firstSeen',
  })
  .refine(({ expectedPerWeek: { low, value, high } }) => low <= value && value <= high, {
    path: ['expectedPerWeek'],
    message: 'expected low <= value <= high',
  })
  .refine(({ eventCount, eventIds }) => eventIds.length <= eventCount, {
    path: ['eventIds'],
    message: 'expected no more ids than eventCount',
  });

export const anomalyEventSchema = eventEnvelope(ANOMALY_DETAIL_TYPES, metadataSchema, anomalyDataSchema);

/** Told within seconds, from an hour that is not over: the `data` may still change, and no `Anomaly Detected` need follow. */
export const emergingEventSchema = eventEnvelope(EMERGING_DETAIL_TYPES, emergingMetadataSchema, anomalyDataSchema);

/** One rounding per contribution and one for the risk itself, plus what binary fractions lose. */
function addsUp(evidence: readonly { contribution: number }[], risk: number): boolean {
  const sum = evidence.reduce((total, { contribution }) => total + contribution, 0);
  return Math.abs(sum - risk) <= ROUNDING * (evidence.length + 1) + 1e-9 * sum;
}
