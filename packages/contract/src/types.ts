import type * as z from 'zod';
import type {
  actorSchema,
  anomalyDataSchema,
  anomalyEventSchema,
  confidenceSchema,
  evidenceSchema,
  plannedStepSchema,
  responseSchema,
  severitySchema,
} from './anomaly.ts';
import type { decisionSchema } from './decision.ts';
import type { metadataSchema } from './event-envelope.ts';
import type { DETAIL_TYPES, VERDICTS } from './names.ts';

type Immutable<T> = T extends object ? { readonly [K in keyof T]: Immutable<T[K]> } : T;

export type DetailType = (typeof DETAIL_TYPES)[number];
export type Severity = z.infer<typeof severitySchema>;
export type Confidence = z.infer<typeof confidenceSchema>;
export type EventMetadata = Immutable<z.infer<typeof metadataSchema>>;
export type AlertActor = Immutable<z.infer<typeof actorSchema>>;
export type Evidence = Immutable<z.infer<typeof evidenceSchema>>;
export type EvidenceFamily = Evidence['family'];
export type PlannedStep = Immutable<z.infer<typeof plannedStepSchema>>;
export type Reversibility = PlannedStep['reversible'];
export type AlertResponse = Immutable<z.infer<typeof responseSchema>>;
export type AnomalyData = Immutable<z.infer<typeof anomalyDataSchema>>;
export type AnomalyEvent = Immutable<z.infer<typeof anomalyEventSchema>>;
export type AnomalyDetail = AnomalyEvent['detail'];
export type AnomalyDetailType = AnomalyEvent['detail-type'];
/** Anything on the bus that has a schema. Grows with the revocation events. */
export type PortcullisEvent = AnomalyEvent;

export type Verdict = (typeof VERDICTS)[number];
/** What people answer or announce; one line of a decisions file. */
export type Decision = Immutable<z.infer<typeof decisionSchema>>;
export type VerdictDecision = Extract<Decision, { kind: 'verdict' }>;
export type MuteDecision = Extract<Decision, { kind: 'mute' }>;
export type DeclaredWorkDecision = Extract<Decision, { kind: 'declared-work' }>;
