import { gunzipSync, gzipSync } from 'node:zlib';
import type { S3Client } from '@aws-sdk/client-s3';
import type { IdentityCenterFacts, ResponseState } from '@portcullis/respond';
import { UnreadableItemError } from '../errors.ts';
import { getObject, putObject } from '../s3/objects.ts';

const VERSION = 1;
const MAX_BYTES = 256 * 1024 * 1024;

/** What is known of the organization as a whole. */
export interface OrganizationFacts {
  readonly version: typeof VERSION;
  readonly identityCenter?: {
    readonly instanceArn: string;
    readonly permissionSets: Readonly<Record<string, string>>;
    readonly userIds: Readonly<Record<string, string>>;
  };
  readonly organization?: NonNullable<ResponseState['organization']>;
}

/** What is known of the organization, in the bucket of the state: `response/facts/organization.json.gz`. */
export function organizationFactsIn(s3: S3Client, bucket: string) {
  const read = async (name: string): Promise<unknown> => {
    const body = await getObject(s3, bucket, keyOf(name));
    if (body === undefined) return undefined;
    const facts: { readonly version?: unknown } = JSON.parse(
      gunzipSync(body, { maxOutputLength: MAX_BYTES }).toString('utf8'),
    );
    if (facts.version !== VERSION) throw new UnreadableItemError(`${keyOf(name)} has version ${String(facts.version)}`);
    return facts;
  };
  const write = (name: string, facts: object) =>
    putObject(s3, bucket, keyOf(name), gzipSync(JSON.stringify({ ...facts, version: VERSION })));
  return {
    organization: () => read('organization') as Promise<OrganizationFacts | undefined>,
    putOrganization: (facts: Omit<OrganizationFacts, 'version'>) => write('organization', facts),
  };
}

export function identityCenterOf({ identityCenter }: OrganizationFacts): IdentityCenterFacts | undefined {
  if (identityCenter === undefined) return undefined;
  const { instanceArn, permissionSets, userIds } = identityCenter;
  return {
    instanceArn,
    permissionSets: new Map(Object.entries(permissionSets)),
    userIds: new Map(Object.entries(userIds)),
  };
}

function keyOf(name: string): string {
  return `response/facts/${name}.json.gz`;
}
