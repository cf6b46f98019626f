import type { S3Client } from '@aws-sdk/client-s3';
import { DAY_MS, type EpochMs, HOUR_MS } from '@portcullis/event';
import type { LogContainer, LogSource, UnreadableContainer } from '@portcullis/pipeline';
import type { TrailPlace } from './deployment-value.ts';
import { inParallel } from './in-parallel.ts';
import { getObject } from './s3/objects.ts';
import { type DeliveredObject, objectsOfDay, type TrailRegion } from './trail-listing.ts';

/** Longest way of a record into its object that is waited for; CloudTrail's own word is minutes, and an outage an hour or two. */
export const LONGEST_DELIVERY_MS = 3 * HOUR_MS;

const LISTED_AT_ONCE = 8;
/** Objects under way: some 100 KB each. */
const READ_AHEAD = 16;

/** Objects that may hold events of a time, in the order of their delivery. */
export async function objectsWithin(
  s3: S3Client,
  trail: TrailPlace,
  regions: readonly TrailRegion[],
  from: EpochMs,
  to: EpochMs,
): Promise<readonly DeliveredObject[]> {
  const days: EpochMs[] = [];
  for (let day = Math.floor(from / DAY_MS) * DAY_MS; day <= to + LONGEST_DELIVERY_MS; day += DAY_MS) days.push(day);
  const folders = regions.flatMap((region) => days.map((day) => ({ region, day })));
  const listed = await inParallel(folders, LISTED_AT_ONCE, ({ region, day }) =>
    Array.fromAsync(objectsOfDay(s3, trail, region, day)),
  );
  return listed
    .flat()
    .filter(({ deliveredAt }) => deliveredAt >= from && deliveredAt <= to + LONGEST_DELIVERY_MS)
    .sort((a, b) => a.deliveredAt - b.deliveredAt || (a.key < b.key ? -1 : 1));
}

/** Reads objects of a trail one after the other, some of them ahead. */
export async function* trailSource(
  s3: S3Client,
  { bucket }: TrailPlace,
  objects: readonly DeliveredObject[],
): LogSource & AsyncGenerator<LogContainer | UnreadableContainer> {
  const under: Promise<LogContainer | UnreadableContainer>[] = [];
  const read = async (index: number): Promise<LogContainer | UnreadableContainer> => {
    const { key = '' } = objects[index] ?? {};
    const name = `s3://${bucket}/${key}`;
    const bytes = await getObject(s3, bucket, key);
    if (bytes === undefined) {
      const message = 'the object was removed after it was listed';
      return { name, rejection: { reason: 'unreadable-file', message, position: '' } };
    }
    const next = objects[index + 1]?.deliveredAt;
    return { name, bytes, precedingLines: 0, laterStartsAt: next && next - LONGEST_DELIVERY_MS };
  };
  for (let index = 0; index < objects.length; index++) {
    for (let ahead = index + under.length; ahead < Math.min(objects.length, index + READ_AHEAD); ahead++) {
      const reading = read(ahead);
      // Told when its turn comes
      reading.catch(() => {});
      under.push(reading);
    }
    const container = await under.shift();
    if (container !== undefined) yield container;
  }
}
