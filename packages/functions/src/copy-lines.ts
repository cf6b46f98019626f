import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { isoTime } from '@portcullis/event';
import type { DynamoDBRecord } from 'aws-lambda';

const SECOND_MS = 1000;

/**
 * Copies changes of the ledger's table to where objects are locked, one object each: `2026/11/23/<partition>/<sort key>/<change>.json`.
 *
 * As the stream tells them, so that a table can be filled from them again. Nothing is ever changed in the ledger or removed from it: where that
 * happened all the same, what was there before is copied too, and counted.
 */
export async function copyLines(
  records: readonly DynamoDBRecord[],
  s3: Pick<S3Client, 'send'>,
  bucket: string,
): Promise<{
  readonly copied: number;
  readonly changed: number;
  readonly failed: readonly string[];
  readonly errors: readonly string[];
}> {
  let copied = 0;
  let changed = 0;
  for (const { eventID = '', eventName, dynamodb = {} } of records) {
    const { Keys = {}, NewImage, OldImage, ApproximateCreationDateTime: seconds = 0, SequenceNumber = '' } = dynamodb;
    const day = isoTime(seconds * SECOND_MS)
      .slice(0, 10)
      .replaceAll('-', '/');
    const place = [Keys.pk?.S ?? '', Keys.sk?.S ?? ''].map(encodeURIComponent).join('/');
    try {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: `${day}/${place}/${eventID}.json`,
          Body: JSON.stringify({ change: eventName, at: seconds, before: OldImage, after: NewImage }),
          ContentType: 'application/json',
          // Locked buckets take nothing without one
          ChecksumAlgorithm: 'SHA256',
          IfNoneMatch: '*',
        }),
      );
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      // Copied by a delivery before this one
      if (name !== 'PreconditionFailed')
        return { copied, changed, failed: [SequenceNumber], errors: [`${name}: ${message}`] };
    }
    copied += 1;
    if (eventName !== 'INSERT') changed += 1;
  }
  return { copied, changed, failed: [], errors: [] };
}
