import type { Clients } from './clients.ts';
import type { AwsConfig } from './config.ts';
import { getObject, putObject } from './s3/objects.ts';

/** How far a backfill has come: a line that says so, and what it has learned, in one object. */
export interface Checkpoint<Head> {
  readonly head: Head;
  readonly state: Uint8Array;
}

const KEY = 'backfill/checkpoint';

export async function readCheckpoint<Head>(
  { buckets }: AwsConfig,
  { s3 }: Clients,
): Promise<Checkpoint<Head> | undefined> {
  const bytes = await getObject(s3, buckets.state, KEY);
  if (bytes === undefined) return undefined;
  const end = bytes.indexOf(0x0a);
  return { head: JSON.parse(Buffer.from(bytes.subarray(0, end)).toString('utf8')), state: bytes.subarray(end + 1) };
}

export async function writeCheckpoint<Head>(
  { buckets }: AwsConfig,
  { s3 }: Clients,
  { head, state }: Checkpoint<Head>,
): Promise<void> {
  await putObject(s3, buckets.state, KEY, Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), state]));
}
