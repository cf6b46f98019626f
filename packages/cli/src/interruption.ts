import process from 'node:process';
import { ExitCode } from './exit-code.ts';

/** Tells work to stop, and afterwards why it had to. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Whoever read standard output has gone. */
  outputClosed(): boolean;
  /**
   * Waits until what was written to standard output has arrived or failed.
   *
   * @throws the error of standard output, unless it is only closed
   */
  settled(): Promise<void>;
  /** Leaves Ctrl-C to Node again. */
  release(): void;
}

/**
 * Turns Ctrl-C and a failing standard output into an abort.
 *
 * The first Ctrl-C lets the work end in order, the second ends the process. Either way nobody waits for
 * standard input any longer.
 */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  let outputError: NodeJS.ErrnoException | undefined;
  const stop = () => {
    controller.abort();
    process.stdin.destroy();
  };
  const onSigint = () => (controller.signal.aborted ? process.exit(ExitCode.interrupted) : stop());
  process.on('SIGINT', onSigint);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    outputError ??= error;
    stop();
  });
  return {
    signal: controller.signal,
    outputClosed: () => outputError?.code === 'EPIPE',
    async settled() {
      await new Promise<void>((resolve) => process.stdout.write('', () => setImmediate(resolve)));
      if (outputError && outputError.code !== 'EPIPE') throw outputError;
    },
    release: () => void process.off('SIGINT', onSigint),
  };
}
