import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { S3Client } from '@aws-sdk/client-s3';
import type { RejectStore } from '@portcullis/pipeline/live';
import { inParallel } from './in-parallel.ts';
import { putObject } from './s3/objects.ts';

const WRITES_AT_ONCE = 8;

/**
 * Records that could not be read, on S3: one object a record, named by origin and position, so that a batch that comes again
 * writes nothing new.
 */
export function s3RejectStore(s3: S3Client, bucket: string, prefix = ''): RejectStore {
  return {
    async put(rejected) {
      await inParallel(rejected, WRITES_AT_ONCE, (record) => {
        const name = createHash('sha256').update(`${record.origin}\n${record.position}`).digest('hex').slice(0, 32);
        // Rejects come in floods; a prefix that varies lets S3 spread them
        const key = `${prefix}rejects/${record.reason}/${name.slice(0, 2)}/${name}.json.gz`;
        return putObject(s3, bucket, key, gzipSync(JSON.stringify(record)));
      });
    },
  };
}
