import type { EpochMs } from '@portcullis/event';
import type { Rejection } from '@portcullis/ingest';

/** One delivered piece of log: an S3 object, a file, or a run of lines of a long file. */
export interface LogContainer {
  /** Shown with rejects: the path as found, or `-` for standard input. */
  readonly name: string;
  /** As stored, compressed or not. */
  readonly bytes: Uint8Array;
  /** Lines of the same file that came before, when `bytes` is a run of lines; else 0. */
  readonly precedingLines: number;
  /**
   * Earliest event time that any later container is believed to hold. Epochs that end well before
   * it can be sealed. `undefined` when nothing follows; `-Infinity` when nothing is known.
   */
  readonly laterStartsAt: EpochMs | undefined;
}

/** A container that could not be had at all; counts as one rejected record. */
export interface UnreadableContainer {
  readonly name: string;
  readonly rejection: Rejection;
}

/** Containers in order of delivery, each read once. */
export type LogSource = AsyncIterable<LogContainer | UnreadableContainer>;
