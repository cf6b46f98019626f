import { setTimeout as sleep } from 'node:timers/promises';
import { IAMClient, paginateGetAccountAuthorizationDetails } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type ClientSettings, clientSettings } from './clients.ts';

export interface AuthorizationOptions {
  /** IAM is one for all regions; this one is signed for. */
  readonly region: string;
  readonly endpoint?: string | undefined;
  /** Roles to take up, one for each account; the account of the credentials at hand where there are none. */
  readonly roles?: readonly string[];
  readonly externalId?: string | undefined;
  /** What clients are made with, where not by the two above. */
  readonly settings?: ClientSettings;
}

/** Users, groups, roles and policies of a page; AWS stops at 1,000, and at what it can gather in time. */
const PAGE_SIZE = 200;

/** IAM throttles this call of a large account for minutes; the SDK by itself would give up after seconds. */
const PAGE_TRIES = 8;
const FIRST_WAIT_MS = 1_000;

const THROTTLED: ReadonlySet<string> = new Set(['Throttling', 'ThrottlingException', 'TooManyRequestsException']);

/**
 * What IAM says that everybody in an account may do, as `GetAccountAuthorizationDetails` gives it page by page.
 *
 * Reads only, and holds one page at a time. A page that is throttled is asked for again, from its marker.
 *
 * @param wait - pauses between tries
 */
export function accountAuthorization(
  { region, endpoint, roles = [], externalId, settings = clientSettings({ region, endpoint }) }: AuthorizationOptions,
  wait: (ms: number) => Promise<unknown> = sleep,
): { pages(): AsyncGenerator<object> } {
  return {
    async *pages() {
      if (roles.length === 0) yield* pagesOf(new IAMClient(settings), wait);
      for (const role of roles) {
        const credentials = await sessionOf(new STSClient(settings), role, externalId);
        yield* pagesOf(new IAMClient({ ...settings, credentials }), wait);
      }
    },
  };
}

async function* pagesOf(client: IAMClient, wait: (ms: number) => Promise<unknown>): AsyncGenerator<object> {
  let marker: string | undefined;
  for (let tries = 0; ; ) {
    try {
      const pages = paginateGetAccountAuthorizationDetails(
        { client, pageSize: PAGE_SIZE, ...(marker !== undefined && { startingToken: marker }) },
        {},
      );
      for await (const { $metadata: _, ...page } of pages) {
        // Times become texts, as the command line prints them
        yield JSON.parse(JSON.stringify(page));
        marker = page.Marker;
        tries = 0;
      }
      return;
    } catch (error) {
      tries += 1;
      if (!isThrottled(error) || tries >= PAGE_TRIES) throw error;
      await wait(FIRST_WAIT_MS * 2 ** (tries - 1));
    }
  }
}

function isThrottled(error: unknown): boolean {
  return error instanceof Error && THROTTLED.has(error.name);
}

async function sessionOf(sts: STSClient, role: string, externalId: string | undefined) {
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: role,
      RoleSessionName: 'portcullis-review',
      DurationSeconds: 3600,
      ...(externalId !== undefined && { ExternalId: externalId }),
    }),
  );
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken) throw new Error(`STS gave no credentials of ${role}`);
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
