import process from 'node:process';
import type { ActivityEvent, ApiEvent, FlowEvent } from '@portcullis/event';
import { fileSource, readEvents } from '@portcullis/pipeline';
import { loadSettings } from '../replay/load-settings.ts';
import { openNetworks } from '../replay/networks.ts';
import { progressLine } from '../replay/progress-line.ts';
import { parseTime } from '../replay/time-option.ts';

/** Options of commands that read logs without judging them, as typed. */
export interface ObserveArguments {
  readonly from?: string;
  readonly to?: string;
  readonly config?: string;
}

/**
 * Reads logs and hands on each event once; says on standard error how much there was.
 *
 * @returns whether an unknown number of records is missing
 */
export async function observeLogs(
  paths: readonly string[],
  { from, to, config }: ObserveArguments,
  onEvent: (event: ActivityEvent) => void,
  { onFlow, onRequest }: { onFlow?(event: FlowEvent): void; onRequest?(event: ApiEvent): void } = {},
): Promise<{ readonly partial: boolean }> {
  const settings = await loadSettings(config);
  const begin = from === undefined ? Number.NEGATIVE_INFINITY : parseTime(from, '--from');
  const end = to === undefined ? Number.POSITIVE_INFINITY : parseTime(to, '--to');
  const source = fileSource(paths, { stdin: process.stdin, limits: settings.limits });
  const network = await openNetworks();
  const progress = await progressLine();
  let told = 0;
  const within =
    <E extends { readonly time: number }>(tell: (event: E) => void) =>
    (event: E) => {
      if (event.time < begin || event.time >= end) return;
      told += 1;
      tell(event);
    };
  try {
    const { read, rejected, partial } = await readEvents(source, {
      settings,
      network,
      onEvent: within(onEvent),
      ...(onFlow && { onFlow: within(onFlow) }),
      ...(onRequest && { onRequest: within(onRequest) }),
      onProgress: (reached) => progress.show({ ...reached, alerts: 0 }),
    });
    progress.end();
    process.stderr.write(`${read} records read: ${told} events, ${rejected} rejected\n`);
    return { partial };
  } finally {
    progress.end();
  }
}
