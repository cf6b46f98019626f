import { gunzipSync, gzipSync } from 'node:zlib';
import type { S3Client } from '@aws-sdk/client-s3';
import type { IdentityCenterFacts, PrincipalFacts, ResponseState } from '@portcullis/respond';
import { UnreadableItemError } from '../errors.ts';
import { getObject, putObject } from '../s3/objects.ts';

const VERSION = 1;
const MAX_BYTES = 256 * 1024 * 1024;

/** What is known of one account, as of when it was looked at: an attacker of today has no say in it. */
export interface AccountFacts {
  readonly version: typeof VERSION;
  readonly account: string;
  /** ISO 8601. */
  readonly collectedAt: string;
  readonly principals: readonly PrincipalFacts[];
  /** Default version by ARN of the account's own managed policies. */
  readonly policyVersions: Readonly<Record<string, string>>;
  /** Security group that lets nothing through. */
  readonly isolationGroup?: string | undefined;
}

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

/** Facts in the bucket of the state: `response/facts/ACCOUNT.json.gz`, and `organization.json.gz` beside them. */
export function factsIn(s3: S3Client, bucket: string) {
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
    account: (account: string) => read(account) as Promise<AccountFacts | undefined>,
    organization: () => read('organization') as Promise<OrganizationFacts | undefined>,
    putAccount: (facts: Omit<AccountFacts, 'version'>) => write(facts.account, facts),
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
