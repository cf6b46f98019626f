import { gunzipSync, gzipSync } from 'node:zlib';
import type { S3Client } from '@aws-sdk/client-s3';
import { type AccountLook, LOOKS_KEPT_MS, type LookStore } from '@portcullis/respond';
import { UnreadableItemError } from '../errors.ts';
import { deleteObjects, getObject, listObjects, putObject } from '../s3/objects.ts';

const VERSION = 1;
const MAX_BYTES = 256 * 1024 * 1024;
/** Of an account an alert asks for two; a look of a large account may take tens of megabytes. */
const KEPT_WARM = 6;

/**
 * Looks at accounts in the bucket of the state: `response/facts/ACCOUNT/TIME.json.gz`.
 *
 * An object never changes, so what was read once is kept by its name; only names are listed again.
 */
export function looksIn(s3: S3Client, bucket: string): LookStore {
  const warm = new Map<string, Promise<AccountLook | undefined>>();
  const keysOf = async (account: string): Promise<readonly string[]> =>
    (await Array.fromAsync(listObjects(s3, bucket, folderOf(account)))).map(({ key }) => key);
  const read = (key: string): Promise<AccountLook | undefined> => {
    const known = warm.get(key);
    if (known !== undefined) return known;
    const [oldest] = warm.keys();
    if (warm.size >= KEPT_WARM && oldest !== undefined) warm.delete(oldest);
    const look = readLook(s3, bucket, key);
    warm.set(key, look);
    look.then(
      (found) => found ?? warm.delete(key),
      () => warm.delete(key),
    );
    return look;
  };
  return {
    async put(look) {
      const time = Date.parse(look.collectedAt);
      await putObject(s3, bucket, keyOf(look.account, time), gzipSync(JSON.stringify({ ...look, version: VERSION })));
      const old = keyOf(look.account, time - LOOKS_KEPT_MS);
      const keys = await keysOf(look.account);
      await deleteObjects(
        s3,
        bucket,
        keys.filter((key) => key < old),
      );
    },
    async before(account, time) {
      const upTo = keyOf(account, time);
      const key = (await keysOf(account)).findLast((one) => one <= upTo);
      return key === undefined ? undefined : read(key);
    },
  };
}

async function readLook(s3: S3Client, bucket: string, key: string): Promise<AccountLook | undefined> {
  const body = await getObject(s3, bucket, key);
  if (body === undefined) return undefined;
  const { version, ...look }: AccountLook & { readonly version: unknown } = JSON.parse(
    gunzipSync(body, { maxOutputLength: MAX_BYTES }).toString('utf8'),
  );
  if (version !== VERSION) throw new UnreadableItemError(`${key} has version ${String(version)}`);
  return look;
}

function folderOf(account: string): string {
  return `response/facts/${account}/`;
}

/** The order of times is that of names. */
function keyOf(account: string, time: number): string {
  return `${folderOf(account)}${new Date(time).toISOString()}.json.gz`;
}
