import type { AlertActor, AnomalyData, AnomalyDetailType, AnomalyEvent, Evidence, EvidenceFamily } from '../types.ts';
import { partitionOf, resourceTypeOf } from './arn.ts';
import type { OcsfDetectionFinding } from './ocsf.ts';

const ACTIVITIES = {
  'Anomaly Detected': { activity_id: 1, activity_name: 'Create', type_uid: 200401 },
  'Anomaly Updated': { activity_id: 2, activity_name: 'Update', type_uid: 200402 },
  'Anomaly Closed': { activity_id: 3, activity_name: 'Close', type_uid: 200403 },
} as const satisfies Record<AnomalyDetailType, object>;

const SEVERITIES = {
  LOW: { severity_id: 2, severity: 'Low' },
  MEDIUM: { severity_id: 3, severity: 'Medium' },
  HIGH: { severity_id: 4, severity: 'High' },
  CRITICAL: { severity_id: 5, severity: 'Critical' },
} as const;

const CONFIDENCES = {
  low: { confidence_id: 1, confidence: 'Low' },
  medium: { confidence_id: 2, confidence: 'Medium' },
  high: { confidence_id: 3, confidence: 'High' },
} as const;

const STATUSES = {
  new: { status_id: 1, status: 'New' },
  inProgress: { status_id: 2, status: 'In Progress' },
  suppressed: { status_id: 3, status: 'Suppressed' },
  resolved: { status_id: 4, status: 'Resolved' },
  archived: { status_id: 5, status: 'Archived' },
} as const;

/** `user.type_id`: User, System, Service. An account as a whole is none of them. */
const USER_TYPES: Readonly<Record<AlertActor['kind'], number>> = {
  user: 1,
  person: 1,
  role: 3,
  function: 3,
  service: 4,
  account: 99,
};

/** OCSF's words for how an anomaly was found. */
const OBSERVATION_TYPES: Readonly<Partial<Record<EvidenceFamily, string>>> = {
  when: 'Time Pattern Analysis',
  'how-much': 'Volume Analysis',
};

const IAM_ACTION = /^([a-z0-9-]+):([A-Za-z0-9]+)$/;

/**
 * An alert as an OCSF 1.8.0 Detection Finding (class 2004, cloud profile).
 *
 * `finding_info.uid` is the episode, `metadata.uid` the single event. The activity follows from the detail-type, the status from it and from
 * what a person answered: unanswered is New, and Archived once it closes; confirmed is In Progress, then Resolved; dismissed and
 * expected are Suppressed. What has no place there goes to `unmapped`. Text from logs stays untrusted text.
 */
export function toOcsf(event: AnomalyEvent): OcsfDetectionFinding {
  const { metadata, data } = event.detail;
  const activity = ACTIVITIES[event['detail-type']];
  const status = statusOf(event);
  const { id, arn, name, kind } = data.actor;
  return {
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2004,
    class_name: 'Detection Finding',
    ...activity,
    type_name: `Detection Finding: ${activity.activity_name}`,
    ...SEVERITIES[data.severity],
    ...STATUSES[status],
    ...CONFIDENCES[data.confidence],
    is_alert: activity.activity_id !== 3 && status !== 'suppressed',
    time: Date.parse(metadata.producedAt),
    timezone_offset: 0,
    message: data.title,
    ...(data.verdict === undefined
      ? {}
      : { comment: `${data.verdict.verdict} by ${data.verdict.by}: ${data.verdict.reason}` }),
    risk_score: data.score,
    metadata: {
      version: '1.8.0',
      profiles: ['cloud'],
      uid: metadata.idempotencyKey,
      correlation_uid: metadata.id,
      event_code: event['detail-type'],
      sequence: metadata.revision,
      labels: [`mode:${metadata.mode}`],
      product: { uid: 'portcullis', name: 'Portcullis', vendor_name: 'Portcullis' },
    },
    cloud: cloudOf(data),
    finding_info: findingInfo(event),
    resources: [{ uid: arn ?? id, name, type: resourceTypeOf(arn)?.cloudFormation ?? kind, ...regionOf(data) }],
    evidences: data.evidence.map((evidence) => evidenceOf(evidence, data.actor)),
    ...anomalyAnalyses(data),
    ...remediation(data),
    unmapped: {
      schemaVersion: metadata.schemaVersion,
      configVersion: metadata.configVersion,
      baselineVersion: metadata.baselineVersion,
      risk: data.risk,
      expectedPerWeek: data.expectedPerWeek,
      baseline: data.baseline,
      latency: data.latency,
      response: data.response,
      ...(data.case === undefined ? {} : { case: data.case }),
      ...(data.verdict === undefined ? {} : { verdict: data.verdict }),
    },
  };
}

function statusOf(event: AnomalyEvent): keyof typeof STATUSES {
  const closed = event['detail-type'] === 'Anomaly Closed';
  switch (event.detail.data.verdict?.verdict) {
    case 'dismissed':
    case 'expected':
      return 'suppressed';
    case 'confirmed':
      return closed ? 'resolved' : 'inProgress';
    case 'reopened':
      return closed ? 'archived' : 'inProgress';
    case undefined:
      return closed ? 'archived' : 'new';
  }
}

function cloudOf({ account, actor, ...data }: AnomalyData): OcsfDetectionFinding['cloud'] {
  const partition = partitionOf(actor.arn);
  return {
    provider: 'AWS',
    ...(partition === undefined ? {} : { cloud_partition: partition }),
    ...regionOf(data),
    ...(account === 'unknown' ? {} : { account: { uid: account, type_id: 10 } }),
  };
}

function regionOf({ region }: Pick<AnomalyData, 'region'>): { readonly region?: string } {
  return region === 'unknown' ? {} : { region };
}

function findingInfo({ detail: { metadata, data } }: AnomalyEvent): OcsfDetectionFinding['finding_info'] {
  const detectors = [...new Set(data.evidence.map(({ detector }) => detector))];
  const attacks = data.techniques.map((id) => ({ version: data.attackVersion, ...techniqueOf(id) }));
  return {
    uid: metadata.id,
    title: data.title,
    analytic: { type_id: 2, uid: 'portcullis', name: 'Portcullis' },
    related_analytics: detectors.map((uid) => ({ type_id: 2, uid })),
    ...(attacks.length === 0 ? {} : { attacks }),
    first_seen_time: Date.parse(data.firstSeen),
    last_seen_time: Date.parse(data.lastSeen),
    modified_time: Date.parse(metadata.producedAt),
    related_events: data.eventIds.map((uid) => ({ uid })),
    related_events_count: data.eventCount,
  };
}

/** `T1098.001` is a part of `T1098`. */
function techniqueOf(id: string) {
  const [technique = id] = id.split('.');
  return { technique: { uid: technique }, ...(technique === id ? {} : { sub_technique: { uid: id } }) };
}

function evidenceOf(evidence: Evidence, actor: AlertActor): OcsfDetectionFinding['evidences'][number] {
  const [, service, operation] = evidence.family === 'what' ? (IAM_ACTION.exec(evidence.observed) ?? []) : [];
  return {
    uid: evidence.detector,
    name: evidence.observed,
    actor: { user: { uid: actor.id, name: actor.name, type_id: USER_TYPES[actor.kind], type: actor.kind } },
    ...(service === undefined || operation === undefined ? {} : { api: { operation, service: { name: service } } }),
    data: { ...evidence },
  };
}

/** What is new beside what is usual, of all evidence that counts. */
function anomalyAnalyses({ evidence, actor }: AnomalyData): Pick<OcsfDetectionFinding, 'anomaly_analyses'> {
  const counting = evidence.filter(({ note }) => note === undefined);
  if (counting.length === 0) return {};
  const told = (value: 'observed' | 'usual') =>
    counting.map((one) => ({
      observation_parameter: one.detector,
      observation_type: OBSERVATION_TYPES[one.family] ?? 'Frequency Analysis',
      observations: [{ value: one[value] }],
    }));
  const target = { name: actor.arn ?? actor.id, type: actor.kind };
  return { anomaly_analyses: [{ analysis_targets: [target], anomalies: told('observed'), baselines: told('usual') }] };
}

function remediation({ response }: AnomalyData): Pick<OcsfDetectionFinding, 'remediation'> {
  if (response.plan.length === 0) return {};
  const steps = response.plan.map(({ action, actions, target }) => `${[action, ...actions].join(' ')} on ${target}`);
  return { remediation: { desc: `Not done, only planned: ${steps.join('; ')}` } };
}
