import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import type { TrailObject } from './trail-objects.ts';

export type ObjectRead =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  /** It is larger than what may be read; none of it was. */
  | { readonly kind: 'too-large'; readonly bytes: number }
  /** It was removed since it was announced. */
  | { readonly kind: 'gone' };

/** Reads an object as it is stored, unless it is too large. */
export async function readObject(s3: S3Client, { bucket, key }: TrailObject, maxBytes: number): Promise<ObjectRead> {
  try {
    const { Body, ContentLength } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    // Without a length nobody knows how much would come
    const length = ContentLength ?? Number.POSITIVE_INFINITY;
    if (Body === undefined || length > maxBytes) {
      await Body?.transformToWebStream().cancel();
      return { kind: 'too-large', bytes: length };
    }
    return { kind: 'read', bytes: await Body.transformToByteArray() };
  } catch (error) {
    if (error instanceof NoSuchKey) return { kind: 'gone' };
    throw error;
  }
}
