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

/** The options as typed. */
export interface ReviewArguments extends ObserveArguments {
  readonly logs?: readonly string[];
  readonly state?: string;
  readonly dataEvents?: string;
  readonly margin: string;
  readonly minDays: string;
  readonly graceDays: string;
  readonly keep?: readonly string[];
  readonly show?: string;
  readonly out?: string;
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

/** @throws {UsageError} naming the file that is none */
export async function readPrincipals(files: readonly string[]): Promise<readonly Principal[]> {
  let current = '';
  const source: AuthorizationSource = {
    async *pages() {
      for (const file of files) {
        current = file;
        yield parsed(file === '-' ? await buffer(process.stdin) : await readFile(file));
      }
    },
  };
  try {
    return await readAuthorization(source);
  } catch (cause) {
    if (!(cause instanceof ReviewInputError) && !isSystemError(cause)) throw cause;
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
