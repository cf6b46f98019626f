import type { S3Client } from '@aws-sdk/client-s3';
import type { PermissionReviewEvent } from '@portcullis/contract';
import { putObject } from './s3/objects.ts';

/** Where a proposal lies. */
export interface ReviewPlace {
  readonly bucket: string;
  readonly key: string;
}

/** Keeps proposals in full, for as long as the bucket keeps its objects. Idempotent: a proposal that is made again is written again. */
export interface ReviewStore {
  put(event: PermissionReviewEvent): Promise<ReviewPlace>;
}

/** Proposals on S3: `reviews/<account>/<id of the proposal>.json`. */
export function s3ReviewStore(s3: S3Client, bucket: string): ReviewStore {
  return {
    async put({ account, detail: { metadata, data } }) {
      const key = `reviews/${account}/${metadata.id}.json`;
      await putObject(s3, bucket, key, Buffer.from(`${JSON.stringify(data, null, 2)}\n`));
      return { bucket, key };
    },
  };
}
