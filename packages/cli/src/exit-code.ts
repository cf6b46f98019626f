/** What the command says to the shell. Documented in docs/cli.md. */
export const ExitCode = {
  /** Done, whether or not anything was found. Also when the reader of standard output went away. */
  done: 0,
  /** A defect of Portcullis, or the machine failed it (disk full). */
  internalError: 1,
  /** Wrong usage or configuration, or nothing that was named can be read. */
  usage: 2,
  /** Done, but a container was broken or over a limit, so an unknown number of records is missing. */
  partial: 3,
  /** Done, and something is wrong with what was looked at: `doctor`. */
  trouble: 4,
  /** Stopped by Ctrl-C: 128 + SIGINT. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
