import type * as z from 'zod';
import type {
  actorSchema,
  anomalyDataSchema,
  anomalyEventSchema,
  confidenceSchema,
  emergingEventSchema,
  evidenceSchema,
  plannedStepSchema,
  responseSchema,
  severitySchema,
} from './anomaly.ts';
import type { decisionSchema } from './decision.ts';
import type { metadataSchema, signatureSchema } from './event-envelope.ts';
import type { DETAIL_TYPES, MODES, REVOCATION_STATES, VERDICTS } from './names.ts';
import type { permissionReviewEventSchema } from './permission-review.ts';
import type { pipelineImpairedEventSchema } from './pipeline-impaired.ts';
import type { portcullisEventSchema } from './portcullis-event.ts';
import type { revocationEventSchema } from './revocation.ts';

type Immutable<T> = T extends object ? { readonly [K in keyof T]: Immutable<T[K]> } : T;

export type DetailType = (typeof DETAIL_TYPES)[number];
export type Severity = z.infer<typeof severitySchema>;
export type Confidence = z.infer<typeof confidenceSchema>;
/** Of anomalies. */
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
/** An early word; the same `data` as an alert's, from an hour that is still open. */
export type EmergingEvent = Immutable<z.infer<typeof emergingEventSchema>>;

export type RevocationEvent = Immutable<z.infer<typeof revocationEventSchema>>;
export type RevocationData = RevocationEvent['detail']['data'];
export type RevocationState = (typeof REVOCATION_STATES)[number];
export type RevocationDetailType = RevocationEvent['detail-type'];
export type PermissionReviewEvent = Immutable<z.infer<typeof permissionReviewEventSchema>>;
export type PermissionReviewData = PermissionReviewEvent['detail']['data'];
export type PipelineImpairedEvent = Immutable<z.infer<typeof pipelineImpairedEventSchema>>;
export type PipelineImpairedData = PipelineImpairedEvent['detail']['data'];

/** Anything on the bus; `detail-type` tells which. */
export type PortcullisEvent = Immutable<z.infer<typeof portcullisEventSchema>>;
export type EventMode = (typeof MODES)[number];
export type EventSignature = Immutable<z.infer<typeof signatureSchema>>;

export type Verdict = (typeof VERDICTS)[number];
/** What people answer or announce; one line of a decisions file. */
export type Decision = Immutable<z.infer<typeof decisionSchema>>;
export type VerdictDecision = Extract<Decision, { kind: 'verdict' }>;
export type MuteDecision = Extract<Decision, { kind: 'mute' }>;
export type DeclaredWorkDecision = Extract<Decision, { kind: 'declared-work' }>;
