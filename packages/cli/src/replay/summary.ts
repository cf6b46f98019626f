import process from 'node:process';
import type { ReplayOutcome } from '@portcullis/pipeline';
import { amount, grouped } from '../amount.ts';

/** What `--summary` writes. `read` = `unique` + `duplicates` + all `rejected` + all `skipped`. */
export interface ReplaySummary extends Omit<ReplayOutcome, 'state'> {
  /** Wall time of the whole process, start-up included. */
  readonly seconds: number;
  /** Records read per second. */
  readonly eventsPerSecond: number;
  readonly peakRssBytes: number;
}

const BYTES_PER_KIB = 1024;

/** Adds what only the process knows. */
export function summarize({ state: _, ...outcome }: ReplayOutcome): ReplaySummary {
  const seconds = performance.now() / 1000;
  return {
    ...outcome,
    seconds: Math.round(seconds * 1000) / 1000,
    eventsPerSecond: Math.round(outcome.read / seconds),
    peakRssBytes: process.resourceUsage().maxRSS * BYTES_PER_KIB,
  };
}

/** The closing lines for people. */
export function summaryText(summary: ReplaySummary, latenessMinutes: number): string {
  const { read, unique, duplicates, late, rejected, skipped, actors, alerts, interrupted, partial } = summary;
  const { decisions, suppressed, muted, functions } = summary;
  const lines = [
    `${amount(read, 'record')} read: ${grouped(unique)} unique, ${amount(duplicates, 'duplicate')}, ` +
      `${grouped(total(rejected))} rejected, ${grouped(total(skipped))} skipped`,
  ];
  if (total(rejected) > 0) lines.push(`  rejected: ${reasons(rejected)}`);
  if (total(skipped) > 0) lines.push(`  skipped: ${reasons(skipped)}`);
  if (late > 0) {
    lines.push(
      `  late: ${grouped(late)} came more than ${latenessMinutes} minutes behind the others; they were judged but not learned from. ` +
        'Name all folders in one command, or raise lateness.minutes',
    );
  }
  lines.push(
    `${amount(actors, 'actor')}, ${functions > 0 ? `${amount(functions, 'function')} by their logs, ` : ''}${amount(alerts, 'alert')}, ${summary.seconds.toFixed(1)} s, ` +
      `${grouped(summary.eventsPerSecond)} records/s, peak memory ${grouped(Math.round(summary.peakRssBytes / 2 ** 20))} MiB`,
  );
  const { notDue, ...taken } = decisions;
  const decided = Object.fromEntries(
    Object.entries({ ...taken, 'not due': notDue }).filter(([, amount]) => amount > 0),
  );
  if (total(decided) > 0) lines.push(`decisions: ${reasons(decided)}`);
  if (Object.keys(suppressed).length > 0) lines.push(`suppressed alerts: ${reasons(suppressed)}`);
  if (muted > 0) lines.push(`muted alerts: ${grouped(muted)}`);
  if (partial) lines.push('partial: a file or container could not be read whole; --rejects FILE lists what is missing');
  if (interrupted) lines.push('interrupted: the figures cover what was read until then; no state was saved');
  return `${lines.join('\n')}\n`;
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function reasons(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([reason, count]) => `${reason} ${grouped(count)}`)
    .join(', ');
}
