import { gzipSync } from 'node:zlib';
import { type EpochMs, isoTime } from '@portcullis/event';
import type { Random } from '../random.ts';
import type { CloudTrailRecord } from '../record/cloudtrail-record.ts';

/** One object that CloudTrail puts into the bucket. */
export interface LogFile {
  /** Key in the bucket. */
  readonly path: string;
  readonly records: readonly CloudTrailRecord[];
}

/** `AWSLogs/<account>/CloudTrail/<region>/YYYY/MM/DD/<account>_CloudTrail_<region>_<time>_<random>.json.gz` */
export function logFilePath(account: string, region: string, deliveredAt: EpochMs, random: Random): string {
  const [date = '', time = ''] = isoTime(deliveredAt).split('T');
  const stamp = `${date.replaceAll('-', '')}T${time.slice(0, 5).replace(':', '')}Z`;
  const folder = `AWSLogs/${account}/CloudTrail/${region}/${date.replaceAll('-', '/')}`;
  return `${folder}/${account}_CloudTrail_${region}_${stamp}_${random.base32(16)}.json.gz`;
}

/** Bytes as stored: gzip of `{"Records":[…]}` on one line. */
export function logFileBytes({ records }: LogFile): Buffer {
  return gzipSync(JSON.stringify({ Records: records }));
}
