export { anomalyDataSchema, anomalyEventSchema, emergingEventSchema } from './anomaly.ts';
export { decisionSchema, MAX_DECISION_DAYS } from './decision.ts';
export { ContractError, type ContractIssue, DecisionError } from './errors.ts';
export {
  anomalyJsonSchema,
  decisionJsonSchema,
  emergingJsonSchema,
  permissionReviewJsonSchema,
  pipelineImpairedJsonSchema,
  revocationJsonSchema,
} from './json-schema.ts';
export {
  ACTOR_KINDS,
  ANOMALY_DETAIL_TYPES,
  ATTACK_VERSION,
  CONFIDENCES,
  DETAIL_TYPES,
  EMERGING_DETAIL_TYPES,
  EVENT_SOURCE,
  EVIDENCE_FAMILIES,
  MODES,
  PERMISSION_REVIEW_DETAIL_TYPES,
  PIPELINE_DETAIL_TYPES,
  REVERSIBILITIES,
  REVOCATION_DETAIL_TYPES,
  REVOCATION_STATES,
  SCHEMA_VERSION,
  SEVERITIES,
  VERDICTS,
} from './names.ts';
export { parseAlert } from './parse-alert.ts';
export { parseDecision, parseDecisions } from './parse-decisions.ts';
export { parseEvent } from './parse-event.ts';
export { permissionReviewDataSchema, permissionReviewEventSchema } from './permission-review.ts';
export { pipelineImpairedDataSchema, pipelineImpairedEventSchema } from './pipeline-impaired.ts';
export { portcullisEventSchema } from './portcullis-event.ts';
export { detailTypeOf, revocationDataSchema, revocationEventSchema } from './revocation.ts';
export type {
  AlertActor,
  AlertResponse,
  AnomalyData,
  AnomalyDetail,
  AnomalyDetailType,
  AnomalyEvent,
  Confidence,
  Decision,
  DeclaredWorkDecision,
  DetailType,
  EmergingEvent,
  EventMetadata,
  EventMode,
  EventSignature,
  Evidence,
  EvidenceFamily,
  MuteDecision,
  PermissionReviewData,
  PermissionReviewEvent,
  PipelineImpairedData,
  PipelineImpairedEvent,
  PlannedStep,
  PortcullisEvent,
  Reversibility,
  RevocationData,
  RevocationDetailType,
  RevocationEvent,
  RevocationState,
  Severity,
  Verdict,
  VerdictDecision,
} from './types.ts';
