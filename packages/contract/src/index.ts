export { anomalyDataSchema, anomalyEventSchema } from './anomaly.ts';
export { decisionSchema, MAX_DECISION_DAYS } from './decision.ts';
export { ContractError, type ContractIssue, DecisionError } from './errors.ts';
export { anomalyJsonSchema, decisionJsonSchema, permissionReviewJsonSchema } from './json-schema.ts';
export {
  ANOMALY_DETAIL_TYPES,
  ATTACK_VERSION,
  CONFIDENCES,
  DETAIL_TYPES,
  EVENT_SOURCE,
  EVIDENCE_FAMILIES,
  REVERSIBILITIES,
  SCHEMA_VERSION,
  SEVERITIES,
  VERDICTS,
} from './names.ts';
export { parseAlert } from './parse-alert.ts';
export { parseDecision, parseDecisions } from './parse-decisions.ts';
export { permissionReviewDataSchema, permissionReviewEventSchema } from './permission-review.ts';
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
  EventMetadata,
  Evidence,
  EvidenceFamily,
  MuteDecision,
  PermissionReviewData,
  PermissionReviewEvent,
  PlannedStep,
  PortcullisEvent,
  Reversibility,
  Severity,
  Verdict,
  VerdictDecision,
} from './types.ts';
