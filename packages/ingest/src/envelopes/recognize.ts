import { isApiAccess } from '../api-gateway/access-log.ts';
import type { CloudTrailRecord } from '../cloudtrail/record.ts';
import { isFinding } from '../findings/finding-form.ts';
import type { LogPlace } from '../lambda/logged-function.ts';
import type { SkipReason } from '../outcome.ts';
import { isObject, type JsonObject } from './json.ts';

/** What a JSON object is to us: a record, a package with something inside, or nothing to judge. */
export type Envelope =
  | { readonly kind: 'record' }
  | { readonly kind: 'api-access' }
  | { readonly kind: 'finding' }
  /** What must be a finding or a list of them, whatever it looks like. */
  | { readonly kind: 'findings'; readonly key: string; readonly findings: unknown }
  | { readonly kind: 'items'; readonly key: string; readonly items: readonly unknown[] }
  | { readonly kind: 'log-events'; readonly items: readonly unknown[]; readonly log: Omit<LogPlace, 'region'> }
  | { readonly kind: 'packed'; readonly key: string; readonly base64: string; readonly region?: string | undefined }
  | { readonly kind: 'carrier'; readonly key: string; readonly content: unknown }
  | { readonly kind: 'record-text'; readonly key: string; readonly text: string }
  | { readonly kind: 'nothing'; readonly reason: SkipReason };

/** The longest are 14 long. */
const MAX_REGION = 32;

const RECORD: Envelope = { kind: 'record' };
const API_ACCESS: Envelope = { kind: 'api-access' };
const FINDING: Envelope = { kind: 'finding' };
const NOT_CLOUDTRAIL = nothing('not-cloudtrail');
const S3_NOTIFICATION = nothing('s3-notification');

/**
 * Names an object by its marks. Own containers of AWS come first, so that a wrapper's key never hides
 * one; what has no mark at all is `not-cloudtrail`.
 */
export function recognize(object: JsonObject): Envelope {
  if (isRecord(object)) {
    return RECORD;
  }
  if (isApiAccess(object)) {
    return API_ACCESS;
  }
  if (isFinding(object)) {
    return FINDING;
  }
  return lambdaEventItem(object) ?? container(object) ?? notice(object) ?? wrapper(object) ?? NOT_CLOUDTRAIL;
}

const MARKS = [
  'eventSource',
  'eventName',
  'eventTime',
  'eventID',
  'eventVersion',
  'userIdentity',
  'awsRegion',
] as const satisfies readonly (keyof CloudTrailRecord)[];

/**
 * A CloudTrail record, whole or damaged: two of its fields are there. Items of Lambda events carry some
 * of the same names (`eventSource: "aws:s3"`), but no CloudTrail event source begins with `aws:`.
 */
export function isRecord(object: CloudTrailRecord): boolean {
  const { eventSource, eventName } = object;
  if (typeof eventSource === 'string' && eventSource.startsWith('aws:')) {
    return false;
  }
  if (typeof eventSource === 'string' && typeof eventName === 'string') {
    return true;
  }
  let marks = 0;
  for (const mark of MARKS) {
    if (object[mark] !== undefined && ++marks === 2) {
      return true;
    }
  }
  return false;
}

/** One of `Records` that Lambda is invoked with: Kinesis, SQS, SNS, S3 and the rest. */
function lambdaEventItem({
  eventSource,
  EventSource,
  kinesis,
  body,
  Sns,
  awsRegion,
}: JsonObject): Envelope | undefined {
  if (isObject(kinesis) && typeof kinesis.data === 'string') {
    const region = typeof awsRegion === 'string' && awsRegion.length <= MAX_REGION ? awsRegion : undefined;
    return { kind: 'packed', key: '', base64: kinesis.data, region };
  }
  if (isObject(Sns)) {
    return { kind: 'carrier', key: 'Sns.Message', content: Sns.Message };
  }
  switch (eventSource ?? EventSource) {
    case 'aws:s3':
      return S3_NOTIFICATION;
    case 'aws:sqs':
      return { kind: 'carrier', key: 'body', content: body };
    default:
      return undefined;
  }
}

function container(object: JsonObject): Envelope | undefined {
  const { Records, Events, records, logEvents, messageType, awslogs } = object;
  if (messageType === 'CONTROL_MESSAGE') {
    return nothing('control-message');
  }
  if (Array.isArray(logEvents)) {
    const { owner, logGroup, logStream } = object;
    return { kind: 'log-events', items: logEvents, log: { owner, logGroup, logStream } };
  }
  if (isObject(awslogs) && typeof awslogs.data === 'string') {
    return { kind: 'packed', key: '', base64: awslogs.data };
  }
  if (Array.isArray(Records)) {
    return { kind: 'items', key: 'Records', items: Records };
  }
  if (Array.isArray(Events)) {
    return { kind: 'items', key: 'Events', items: Events };
  }
  if (Array.isArray(records)) {
    return { kind: 'items', key: 'records', items: records };
  }
  return findingList(object);
}

/** What GuardDuty and Security Hub answer to `GetFindings`, through SDKs and command line or as sent. */
function findingList({ Findings, findings }: JsonObject): Envelope | undefined {
  if (Array.isArray(Findings)) return { kind: 'items', key: 'Findings', items: Findings };
  if (Array.isArray(findings)) return { kind: 'items', key: 'findings', items: findings };
  return undefined;
}

/** Messages about logs that hold none themselves. */
function notice(object: JsonObject): Envelope | undefined {
  if ('digestStartTime' in object && 'logFiles' in object) {
    return nothing('cloudtrail-digest');
  }
  if (object.Event === 's3:TestEvent') {
    return nothing('test-event');
  }
  // What CloudTrail itself tells its SNS topic about a delivered file.
  if ('s3Bucket' in object && 's3ObjectKey' in object) {
    return S3_NOTIFICATION;
  }
  return undefined;
}

/** Keys under which other tools, our own test data among them, keep the record or envelope they wrap. */
const WRAPPER_KEYS = ['event', 'data', 'record', 'override_record'];

function wrapper(object: JsonObject): Envelope | undefined {
  const detailType = object['detail-type'];
  if (typeof detailType === 'string') {
    if (detailType.endsWith(' via CloudTrail')) {
      return { kind: 'carrier', key: 'detail', content: object.detail };
    }
    const found = findingNotice(object, detailType);
    if (found !== undefined) {
      return found;
    }
    return object.source === 'aws.s3' ? S3_NOTIFICATION : NOT_CLOUDTRAIL;
  }
  if (typeof object.CloudTrailEvent === 'string') {
    return { kind: 'record-text', key: 'CloudTrailEvent', text: object.CloudTrailEvent };
  }
  // SNS to SQS or HTTP without raw delivery.
  if (object.Type === 'Notification' && typeof object.Message === 'string') {
    return { kind: 'carrier', key: 'Message', content: object.Message };
  }
  // Kinesis Firehose hands `records[].data` to a transforming function.
  if (typeof object.data === 'string' && typeof object.recordId === 'string') {
    return { kind: 'packed', key: '', base64: object.data };
  }
  for (const key of WRAPPER_KEYS) {
    const content = object[key];
    if (isObject(content)) {
      return { kind: 'carrier', key, content };
    }
  }
  return undefined;
}

/** `aws.guardduty` sends one finding, `aws.securityhub` a list. */
const OF_SECURITY_HUB = new Set([
  'Security Hub Findings - Imported',
  'Security Hub Findings - Custom Action',
  'Findings Imported V2',
]);

/** Told by the source as well: anybody may put events of any type, but none under `aws.`. */
function findingNotice({ source, detail }: JsonObject, detailType: string): Envelope | undefined {
  if (source === 'aws.guardduty' && detailType === 'GuardDuty Finding') {
    return { kind: 'findings', key: 'detail', findings: detail };
  }
  if (source === 'aws.securityhub' && OF_SECURITY_HUB.has(detailType)) {
    const findings = isObject(detail) ? detail.findings : undefined;
    return { kind: 'findings', key: 'detail.findings', findings };
  }
  return undefined;
}

function nothing(reason: SkipReason): Envelope {
  return { kind: 'nothing', reason };
}
