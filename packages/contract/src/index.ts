export { anomalyDataSchema, anomalyEventSchema } from './anomaly.ts';
export { ContractError, type ContractIssue } from './errors.ts';
export { anomalyJsonSchema } from './json-schema.ts';
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
} from './names.ts';
export { parseAlert } from './parse-alert.ts';
export type {
  AlertActor,
  AlertResponse,
  AnomalyData,
  AnomalyDetail,
  AnomalyDetailType,
  AnomalyEvent,
  Confidence,
  DetailType,
  EventMetadata,
  Evidence,
  EvidenceFamily,
  PlannedStep,
  PortcullisEvent,
  Reversibility,
  Severity,
} from './types.ts';
