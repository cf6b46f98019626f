import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { buffer } from 'node:stream/consumers';
import {
  type AuthorizationSource,
  DEFAULT_REVIEW,
  type Principal,
  ReviewInputError,
  type ReviewSettings,
  readAuthorization,
} from '@portcullis/review';
import { UsageError } from '../errors.ts';
import { parseNumber, parseWords } from '../number-option.ts';
import type { ObserveArguments } from '../observe/observe-logs.ts';
import { isSystemError } from '../read-state.ts';

/** How IAM itself is asked. */
export interface LiveArguments {
  readonly live?: boolean;
  readonly role?: readonly string[];
  readonly externalId?: string;
  readonly region?: string;
}

/** The options as typed. */
export interface ReviewArguments extends ObserveArguments, LiveArguments {
  readonly logs?: readonly string[];
  readonly state?: string;
  readonly dataEvents?: string;
  readonly margin: string;
  readonly minDays: string;
  readonly graceDays: string;
  readonly keep?: readonly string[];
  readonly show?: string;
  readonly out?: string;
  readonly propose?: string;
  readonly deployment?: string;
  readonly json?: boolean;
}

/** @throws {UsageError} naming the option that cannot work */
export function reviewSettings({ dataEvents, margin, minDays, graceDays, keep = [] }: ReviewArguments): ReviewSettings {
  return {
    ...DEFAULT_REVIEW,
    minDays: parseNumber(minDays, '--min-days', { min: 1, max: 400 }),
    graceDays: parseNumber(graceDays, '--grace-days', { min: 0, max: 400 }),
    margin: parseWords(margin, '--margin', ['reads', 'none'])[0] ?? 'reads',
    dataEvents: new Set(dataEvents?.split(',').map((service) => service.trim())),
    keep: [...DEFAULT_REVIEW.keep, ...keep],
  };
}

/**
 * Who may do what: by files, by IAM itself, or both, of different accounts.
 *
 * @throws {UsageError} naming the file that is none, or what IAM refused
 */
export async function readPrincipals(
  files: readonly string[],
  options: LiveArguments = {},
): Promise<readonly Principal[]> {
  const asked = options.live === true || options.role !== undefined;
  if (files.length === 0 && !asked) throw new UsageError('review needs DETAILS, or --live to ask IAM itself');
  let current = '';
  const source: AuthorizationSource = {
    async *pages() {
      for (const file of files) {
        current = file;
        yield parsed(file === '-' ? await buffer(process.stdin) : await readFile(file));
      }
      current = 'IAM';
      if (asked) yield* await livePages(options);
    },
  };
  try {
    return await readAuthorization(source);
  } catch (cause) {
    if (!(cause instanceof ReviewInputError) && !isSystemError(cause) && !isRefusal(cause)) throw cause;
    throw new UsageError(`${current}: ${cause.message}`, { cause });
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new ReviewInputError('not JSON', { cause });
  }
}

async function livePages({
  live,
  role,
  externalId,
  region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION,
}: LiveArguments): Promise<AsyncIterable<unknown>> {
  if (region === undefined) throw new UsageError('name a region with --region, or set AWS_REGION');
  const { accountAuthorization } = await import('@portcullis/aws');
  const shared = { region, endpoint: process.env.AWS_ENDPOINT_URL };
  const own = accountAuthorization(shared);
  const others = accountAuthorization({ ...shared, roles: role ?? [], externalId });
  return (async function* both() {
    if (live) yield* own.pages();
    if (role !== undefined) yield* others.pages();
  })();
}

/** What a service said, or that there are no credentials. */
function isRefusal(cause: unknown): cause is Error {
  return cause instanceof Error && ('$fault' in cause || cause.name === 'CredentialsProviderError');
}
