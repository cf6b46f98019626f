import process from 'node:process';
import { isoTime } from '@portcullis/event';
import type { ReplayProgress } from '@portcullis/pipeline';

export interface ProgressLine {
  show(progress: ReplayProgress): void;
  /** Wipes the line. */
  end(): void;
}

const UPDATES_PER_SECOND = 5;

/** A line on standard error that says how far the replay is; nothing where that is not a terminal. */
export async function progressLine(): Promise<ProgressLine> {
  if (!process.stderr.isTTY) return { show() {}, end() {} };
  const { default: progress } = await import('cli-progress');
  const bar = new progress.SingleBar({
    format: '{containers} files, {events} records, {alerts} alerts, at {at}',
    stream: process.stderr,
    fps: UPDATES_PER_SECOND,
    clearOnComplete: true,
    hideCursor: null,
    emptyOnZero: true,
    gracefulExit: false,
  });
  bar.start(0, 0, { containers: 0, events: 0, alerts: 0, at: '…' });
  return {
    show: ({ containers, events, alerts, at }) =>
      bar.update({ containers, events, alerts, at: at === undefined ? '…' : isoTime(at) }),
    end: () => bar.stop(),
  };
}
