/** Where an object of a trail lies. */
export interface TrailObject {
  readonly bucket: string;
  readonly key: string;
}

/** What a message announces; `unreadable` where it is no announcement that we know. */
export type Announcement =
  | { readonly kind: 'objects'; readonly objects: readonly TrailObject[] }
  | { readonly kind: 'unreadable'; readonly message: string };

/**
 * Reads the announcement of new objects in the body of a message.
 *
 * Takes what buckets say (by EventBridge, or as a notification) and what trails say, each also in the envelope of SNS.
 * Messages by which a service tries a topic out announce nothing.
 */
export function announcementIn(body: string): Announcement {
  const message = parsed(body);
  if (message === undefined) return TRIALS.has(body) ? NOTHING : unreadable('is not JSON');
  if (isText(message.Message) && message.Type === 'Notification') return announcementIn(message.Message);
  if (message.Event === 's3:TestEvent') return NOTHING;
  const objects = byEventBridge(message) ?? byNotification(message) ?? byTrail(message);
  return objects ? { kind: 'objects', objects } : unreadable('names no object in a form of S3 or CloudTrail');
}

/** Log files of CloudTrail, as against its digests and whatever else lies in the bucket. */
export function isTrailLog(
  { bucket, key }: TrailObject,
  trail: { readonly bucket: string; readonly prefix: string },
): boolean {
  return (
    bucket === trail.bucket &&
    key.startsWith(trail.prefix) &&
    /(?:^|\/)CloudTrail\//.test(key) &&
    /\.json(?:\.gz)?$/.test(key)
  );
}

/** Flow logs as text: `…/vpcflowlogs/…`, or `…/aws-service=vpcflowlogs/…` where they are partitioned for Hive. */
export function isFlowLog(
  { bucket, key }: TrailObject,
  flows: { readonly bucket: string; readonly prefix: string },
): boolean {
  return (
    bucket === flows.bucket &&
    key.startsWith(flows.prefix) &&
    /(?:^|\/)(?:aws-service=)?vpcflowlogs\//.test(key) &&
    /\.log(?:\.gz)?$/.test(key)
  );
}

type Fields = Readonly<Record<string, unknown>>;

const NOTHING: Announcement = { kind: 'objects', objects: [] };

/** CloudTrail's words when a topic is set. */
const TRIALS = new Set(['CloudTrail validation message.']);

function unreadable(message: string): Announcement {
  return { kind: 'unreadable', message };
}

/** `Object Created`; keys stand as they are. */
function byEventBridge(message: Fields): TrailObject[] | undefined {
  if (message.source !== 'aws.s3') return undefined;
  const detail = fieldsOf(message.detail);
  const object = objectOf(fieldsOf(detail?.bucket)?.name, fieldsOf(detail?.object)?.key);
  return object && [object];
}

/** `ObjectCreated:*`, one or more; keys are encoded as in forms. */
function byNotification({ Records: records }: Fields): TrailObject[] | undefined {
  if (!Array.isArray(records)) return undefined;
  const objects = records.map((record: unknown) => {
    const s3 = fieldsOf(fieldsOf(record)?.s3);
    const key = fieldsOf(s3?.object)?.key;
    return objectOf(fieldsOf(s3?.bucket)?.name, isText(key) ? fromForm(key) : undefined);
  });
  return objects.every((object) => object !== undefined) ? objects : undefined;
}

/** One message for each delivery; keys stand as they are. */
function byTrail({ s3Bucket: bucket, s3ObjectKey: keys }: Fields): TrailObject[] | undefined {
  if (!Array.isArray(keys)) return undefined;
  const objects = keys.map((key: unknown) => objectOf(bucket, key));
  return objects.every((object) => object !== undefined) ? objects : undefined;
}

function objectOf(bucket: unknown, key: unknown): TrailObject | undefined {
  return isText(bucket) && isText(key) ? { bucket, key } : undefined;
}

function fromForm(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

function parsed(text: string): Fields | undefined {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
