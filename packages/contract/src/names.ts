/**
 * The words of the contract as plain constants.
 *
 * Kept apart from the schemas so that code that only writes events (`@portcullis/contract/names`)
 * does not load zod.
 */

/** Version of `detail`. Additive changes raise the minor; a breaking one gets a new detail-type instead. */
export const SCHEMA_VERSION = '1.1';

/** MITRE ATT&CK release that the technique ids belong to. Ids moved between v18 and v19. */
export const ATTACK_VERSION = '19.1';

/** EventBridge `source` of everything that Portcullis publishes. */
export const EVENT_SOURCE = 'portcullis';

export const ANOMALY_DETAIL_TYPES = ['Anomaly Detected', 'Anomaly Updated', 'Anomaly Closed'] as const;

/** Every `detail-type` on the bus. A closed list; the ones beside anomalies have no schema yet. */
export const DETAIL_TYPES = [
  ...ANOMALY_DETAIL_TYPES,
  'Revocation Proposed',
  'Revocation Approved',
  'Revocation Rejected',
  'Revocation Applied',
  'Revocation Verified',
  'Revocation Effective',
  'Revocation Failed',
  'Revocation Held',
  'Revocation Expired',
  'Revocation Reverted',
  'Permission Review Proposed',
  'Pipeline Impaired',
] as const;

/** Why an action is proposed to stay. */
export const RETENTION_REASONS = ['used', 'unseen', 'young', 'unmapped', 'margin'] as const;

/** From least to most severe. */
export const SEVERITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

/** How much history stands behind the judgement, from least to most. */
export const CONFIDENCES = ['low', 'medium', 'high'] as const;

/** What a finding is about. Contributions of one family overlap and are discounted; families add. */
export const EVIDENCE_FAMILIES = ['what', 'which', 'where', 'who-how', 'when', 'change', 'how-much'] as const;

/** How faithfully an action of the response can be undone, best first. */
export const REVERSIBILITIES = ['exact', 'equivalent', 'manual', 'none'] as const;

/** What people answer to an alert; `reopened` takes an answer back. */
export const VERDICTS = ['confirmed', 'dismissed', 'expected', 'reopened'] as const;
