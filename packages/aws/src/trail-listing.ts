import type { S3Client } from '@aws-sdk/client-s3';
import { type EpochMs, isoTime } from '@portcullis/event';
import type { TrailPlace } from './deployment-value.ts';
import { listFolders } from './s3/folders.ts';
import { listObjects } from './s3/objects.ts';

/** Where one account's logs of one region lie. */
export interface TrailRegion {
  readonly account: string;
  readonly region: string;
  /** Ends before the year. */
  readonly prefix: string;
}

export interface DeliveredObject {
  readonly key: string;
  readonly bytes: number;
  /** As its name says, to the minute. */
  readonly deliveredAt: EpochMs;
}

const ACCOUNT = /^\d{12}$/;
/** An organization's id, and whatever stands before `AWSLogs`. */
const MAX_LEVELS = 3;

/** The accounts and regions that a trail has logs of, also below the id of an organization. */
export async function trailRegions(s3: S3Client, { bucket, prefix }: TrailPlace): Promise<readonly TrailRegion[]> {
  const accounts = await accountsBelow(s3, bucket, prefix, MAX_LEVELS);
  const found: TrailRegion[] = [];
  for (const { account, prefix: root } of accounts) {
    const logs = `${root}CloudTrail/`;
    for await (const folder of listFolders(s3, bucket, logs)) {
      found.push({ account, region: folder.slice(logs.length, -1), prefix: folder });
    }
  }
  return found;
}

/** Objects that were delivered on one day (UTC), in the order of their names. @param day - any instant of it */
export async function* objectsOfDay(
  s3: S3Client,
  { bucket }: TrailPlace,
  { prefix }: TrailRegion,
  day: EpochMs,
): AsyncGenerator<DeliveredObject> {
  const folder = `${prefix}${isoTime(day).slice(0, 10).replaceAll('-', '/')}/`;
  for await (const { key, bytes } of listObjects(s3, bucket, folder)) {
    const deliveredAt = deliveryIn(key);
    if (deliveredAt !== undefined) yield { key, bytes, deliveredAt };
  }
}

async function accountsBelow(
  s3: S3Client,
  bucket: string,
  prefix: string,
  levels: number,
): Promise<readonly { readonly account: string; readonly prefix: string }[]> {
  const folders = await Array.fromAsync(listFolders(s3, bucket, prefix));
  const accounts = folders.flatMap((folder) => {
    const name = folder.slice(prefix.length, -1);
    return ACCOUNT.test(name) ? [{ account: name, prefix: folder }] : [];
  });
  if (levels === 1) return accounts;
  const deeper = folders.filter((folder) => !accounts.some((account) => account.prefix === folder));
  const below: (typeof accounts)[number][] = [];
  for (const folder of deeper) below.push(...(await accountsBelow(s3, bucket, folder, levels - 1)));
  return [...accounts, ...below];
}

/** `..._20261123T1015Z_....json.gz` */
function deliveryIn(key: string): EpochMs | undefined {
  const [, date, hour, minute] = /_(\d{8})T(\d{2})(\d{2})Z_[^/]*\.json(?:\.gz)?$/.exec(key) ?? [];
  if (date === undefined) return undefined;
  return Date.parse(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T${hour}:${minute}:00Z`);
}
