/**
 * The words of the contract as plain constants.
 *
 * Kept apart from the schemas so that code that only writes events (`@portcullis/contract/names`)
 * does not load zod.
 */

/** Version of `detail`. Additive changes raise the minor; a breaking one gets a new detail-type instead. */
export const SCHEMA_VERSION = '1.2';

/** MITRE ATT&CK release that the technique ids belong to. Ids moved between v18 and v19. */
export const ATTACK_VERSION = '19.1';

/** EventBridge `source` of everything that Portcullis publishes. */
export const EVENT_SOURCE = 'portcullis';

export const ANOMALY_DETAIL_TYPES = ['Anomaly Detected', 'Anomaly Updated', 'Anomaly Closed'] as const;

/** An early word from an hour that is still open. Since 1.2. */
export const EMERGING_DETAIL_TYPES = ['Anomaly Emerging'] as const;

/** The life of one cut. Since 1.2. */
export const REVOCATION_DETAIL_TYPES = [
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
] as const;

export const PERMISSION_REVIEW_DETAIL_TYPES = ['Permission Review Proposed'] as const;
export const PIPELINE_DETAIL_TYPES = ['Pipeline Impaired'] as const;

/** Every `detail-type` on the bus. A closed list; later versions add to it. */
export const DETAIL_TYPES = [
  ...ANOMALY_DETAIL_TYPES,
  ...EMERGING_DETAIL_TYPES,
  ...REVOCATION_DETAIL_TYPES,
  ...PERMISSION_REVIEW_DETAIL_TYPES,
  ...PIPELINE_DETAIL_TYPES,
] as const;

/** Kinds of what acts and has a baseline. */
export const ACTOR_KINDS = ['role', 'user', 'person', 'function', 'service', 'account'] as const;

/** The lane that made an event. */
export const MODES = ['live', 'replay', 'dry-run'] as const;

/** From least to most severe. */
export const SEVERITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

/** How much history stands behind the judgement, from least to most. */
export const CONFIDENCES = ['low', 'medium', 'high'] as const;

/** What a finding is about. Contributions of one family overlap and are discounted; families add. */
export const EVIDENCE_FAMILIES = ['what', 'which', 'where', 'who-how', 'when', 'change', 'how-much'] as const;

/** How faithfully an action of the response can be undone, best first. */
export const REVERSIBILITIES = ['exact', 'equivalent', 'manual', 'none'] as const;

/** Where a cut stands. `conflict`: somebody changed what we wrote, so it is held and not taken back. */
export const REVOCATION_STATES = [
  'proposed',
  'approved',
  'rejected',
  'applied',
  'verified',
  'effective',
  'failed',
  'held',
  'conflict',
  'expired',
  'reverted',
] as const;

/** What people answer to an alert; `reopened` takes an answer back. */
export const VERDICTS = ['confirmed', 'dismissed', 'expected', 'reopened'] as const;
