import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { configVersion } from '@portcullis/config/version';
import {
  createUsageCollector,
  meansPrincipal,
  type PrincipalReview,
  permissionReviewEvent,
  review,
  type Usage,
  usageFromBaselines,
} from '@portcullis/review';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-code.ts';
import { observeLogs } from '../observe/observe-logs.ts';
import { readState } from '../read-state.ts';
import { loadSettings } from '../replay/load-settings.ts';
import { jsonLine, printable } from '../terminal-text.ts';
import { type ReviewArguments, readPrincipals, reviewSettings } from './review-request.ts';
import { detailText, overviewText } from './review-text.ts';

/** `portcullis review`: proposals on standard output, or one principal's in full; what the record holds on standard error. */
export async function reviewCommand(files: readonly string[], options: ReviewArguments): Promise<ExitCode> {
  const { logs, state } = options;
  if ((logs === undefined) === (state === undefined)) {
    throw new UsageError('review needs what was done: either --logs or --state');
  }
  const settings = reviewSettings(options);
  const principals = await readPrincipals(files, options);
  const { usage, partial } =
    logs === undefined
      ? { usage: usageFromBaselines(await readState(state ?? '', '--state')), partial: false }
      : await usageOfLogs(logs, options);
  const reviews = review(principals, usage, settings);
  await print(reviews, options);
  if (options.out !== undefined) await writePolicies(options.out, reviews);
  if (options.propose !== undefined) {
    const { policyDesk } = await import('../revocations/aws-desk.ts');
    const { desk, policy } = await policyDesk(options);
    const { putForward } = await import('./put-forward.ts');
    const asked = { principal: options.propose, dataEvents: settings.dataEvents };
    process.stderr.write(`${printable(await putForward(asked, reviews, usage, desk, policy))}\n`);
  }
  return partial ? ExitCode.partial : ExitCode.done;
}

async function usageOfLogs(
  paths: readonly string[],
  options: ReviewArguments,
): Promise<{ readonly usage: Usage; readonly partial: boolean }> {
  const collector = createUsageCollector();
  const { partial } = await observeLogs(paths, options, collector.observe);
  return { usage: collector.usage(), partial };
}

async function print(reviews: readonly PrincipalReview[], { json, show, config }: ReviewArguments): Promise<void> {
  const shown = show === undefined ? reviews : reviews.filter((one) => meansPrincipal(one.principal, show));
  if (show !== undefined && shown.length === 0) throw new UsageError(`--show: no principal is called ${show}`);
  if (json) {
    const version = configVersion(await loadSettings(config));
    for (const one of shown) {
      if (one.kind !== 'proposed' && one.kind !== 'unused') continue;
      const event = permissionReviewEvent(one, { mode: 'replay', configVersion: version, baselineVersion: '1' });
      if (event !== undefined) process.stdout.write(jsonLine(event));
    }
  } else if (show === undefined) {
    process.stdout.write(overviewText(shown, process.stdout.columns ?? 120));
  } else {
    for (const one of shown) process.stdout.write(detailText(one));
  }
}

async function writePolicies(folder: string, reviews: readonly PrincipalReview[]): Promise<void> {
  let written = 0;
  for (const one of reviews) {
    if (one.kind !== 'proposed') continue;
    const { account, kind, name } = one.principal;
    const of = path.join(folder, account);
    await mkdir(of, { recursive: true });
    for (const [index, document] of one.documents.entries()) {
      const file = path.join(of, `${kind}-${name.replace(/[^\w+=,.@-]/g, '_')}-${index + 1}.json`);
      await writeFile(file, `${JSON.stringify(document, null, 2)}\n`);
      written += 1;
    }
  }
  process.stderr.write(`${written} policies written to ${folder}; nothing was changed in any account\n`);
}
