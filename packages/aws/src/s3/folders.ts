import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';

/** Names below a prefix up to the next slash, with it, page by page. */
export async function* listFolders(s3: S3Client, bucket: string, prefix: string): AsyncGenerator<string> {
  let token: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        Delimiter: '/',
        ...(token !== undefined && { ContinuationToken: token }),
      }),
    );
    for (const { Prefix } of page.CommonPrefixes ?? []) if (Prefix !== undefined) yield Prefix;
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}
