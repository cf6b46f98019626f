import { readFile } from 'node:fs/promises';
import process from 'node:process';
import {
  CHECK_GUIDE,
  CHECKS,
  createCredentialsCollector,
  type Posture,
  posture,
  ReviewInputError,
  readCredentialReport,
} from '@portcullis/review';
import { amount } from '../amount.ts';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-code.ts';
import { parseNumber } from '../number-option.ts';
import { type ObserveArguments, observeLogs } from '../observe/observe-logs.ts';
import { isSystemError } from '../read-state.ts';
import { readPrincipals } from '../review/review-request.ts';
import { jsonLine, printable } from '../terminal-text.ts';

/** The options as typed. */
export interface PostureArguments extends ObserveArguments {
  readonly details?: readonly string[];
  readonly credentialReport?: readonly string[];
  readonly maxSessionHours: string;
  readonly maxKeyDays: string;
  readonly json?: boolean;
}

/** `portcullis posture`: credentials that should expire and do not. */
export async function postureCommand(paths: readonly string[], options: PostureArguments): Promise<ExitCode> {
  const maxSessionHours = parseNumber(options.maxSessionHours, '--max-session-hours', { min: 1, max: 1000 });
  const maxKeyAgeDays = parseNumber(options.maxKeyDays, '--max-key-days', { min: 1, max: 10_000 });
  const principals = options.details && (await readPrincipals(options.details));
  const report = options.credentialReport && (await readReports(options.credentialReport));
  const collector = createCredentialsCollector({ maxSessionHours });
  const { partial } = await observeLogs(paths, options, collector.observe);
  const told = posture(
    { use: collector.credentials(), ...(principals && { principals }), ...(report && { report }) },
    { maxKeyAgeDays },
  );
  process.stdout.write(options.json ? jsonLine(told) : postureText(told));
  return partial ? ExitCode.partial : ExitCode.done;
}

async function readReports(files: readonly string[]) {
  const users = await Promise.all(
    files.map(async (file) => {
      try {
        return readCredentialReport(await readFile(file, 'utf8'));
      } catch (cause) {
        if (!(cause instanceof ReviewInputError) && !isSystemError(cause)) throw cause;
        throw new UsageError(`--credential-report: ${file}: ${cause.message}`, { cause });
      }
    }),
  );
  return users.flat();
}

/** Findings shown of one check. */
const MAX_SHOWN = 20;

function postureText({ from, to, accounts, basis, counts, findings }: Posture): string {
  const head = from === undefined ? 'no events' : `${from} to ${to}, ${amount(accounts.length, 'account')}`;
  const sections = CHECKS.flatMap((check) => {
    const { asks, remedy } = CHECK_GUIDE[check];
    if (counts[check] === 0) return [`${check}: none (${asks}?)`];
    const of = findings.filter((finding) => finding.check === check);
    return [
      `${check}: ${counts[check]} (${asks}?)`,
      ...of.slice(0, MAX_SHOWN).map(({ subject, detail }) => printable(`  ${subject}: ${detail}`)),
      ...(of.length > MAX_SHOWN ? [`  and ${of.length - MAX_SHOWN} more`] : []),
      `  to do: ${remedy}`,
    ];
  });
  const missing = (['authorization-details', 'credential-report'] as const).filter((one) => !basis.includes(one));
  const note = missing.length === 0 ? [] : [`not looked at: ${missing.join(', ')}`];
  return `${[`Credentials that should expire: ${head}`, '', ...sections, ...note].join('\n')}\n`;
}
