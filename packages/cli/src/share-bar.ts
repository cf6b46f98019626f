import process from 'node:process';

/** How far a long work is, in one line. */
export interface ShareBar {
  show(share: number, text: string): void;
  /** Wipes the line. */
  end(): void;
}

const UPDATES_PER_SECOND = 4;

/** A bar on standard error; nothing where that is not a terminal. */
export async function shareBar(): Promise<ShareBar> {
  if (!process.stderr.isTTY) return { show() {}, end() {} };
  const { default: progress } = await import('cli-progress');
  const bar = new progress.SingleBar({
    format: '{bar} {percentage} %  {text}  {eta_formatted} left',
    barsize: 24,
    stream: process.stderr,
    fps: UPDATES_PER_SECOND,
    clearOnComplete: true,
    hideCursor: null,
    gracefulExit: false,
  });
  bar.start(1, 0, { text: '' });
  return { show: (share, text) => bar.update(Math.min(1, share), { text }), end: () => bar.stop() };
}
