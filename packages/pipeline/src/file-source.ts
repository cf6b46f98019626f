import { createReadStream, readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { EpochMs } from '@portcullis/event';
import { DEFAULT_LIMITS, type IngestLimits } from '@portcullis/ingest';
import { NoReadablePathError } from './errors.ts';
import type { LogContainer, LogSource, UnreadableContainer } from './log-source.ts';
import { lineRuns, type Run } from './sources/line-runs.ts';
import { type ListedFile, listFiles, STDIN_PATH, unreadable } from './sources/list-files.ts';
import { type FileTimes, peekTimes, startOfLines } from './sources/peek-times.ts';

export interface FileSourceOptions {
  /** What `-` reads. */
  readonly stdin?: Readable;
  readonly limits?: Pick<IngestLimits, 'fileBytes' | 'decompressedBytes'>;
  /** Bytes of the runs that long files are read in; memory holds two runs. */
  readonly runBytes?: number;
}

const RUN_BYTES = 32 * 1024 * 1024;
const READ_BYTES = 1024 * 1024;
/** A compressed file below it is read whole: even at 50 to 1 it stays within the limits. */
const WHOLE_GZIP_BYTES = 4 * 1024 * 1024;

/**
 * Reads files, folders and standard input (`-`), each file once, in order of delivery: by the time in an
 * AWS file name, else by the earliest record a glance shows. Files that show no time come first, since there
 * they cannot be late; pipes come last.
 *
 * Long files and pipes of JSON lines come as runs of whole lines. At most one file, or two runs of one, are
 * in memory. Throws `NoReadablePathError` at once if none of the paths can be had.
 */
export function fileSource(paths: readonly string[], options: FileSourceOptions = {}): LogSource {
  const { files, unreadable: problems, missing } = listFiles(paths);
  if (missing.length === paths.length) {
    throw new NoReadablePathError(missing);
  }
  return read(files, problems, options);
}

async function* read(
  files: readonly ListedFile[],
  problems: readonly UnreadableContainer[],
  { stdin, limits = DEFAULT_LIMITS, runBytes = RUN_BYTES }: FileSourceOptions,
): AsyncGenerator<LogContainer | UnreadableContainer> {
  yield* problems;
  const ordered = inOrderOfDelivery(files);
  const startsLater = earliestAfter(ordered);
  for (const [index, { file }] of ordered.entries()) {
    const { path, bytes, kind } = file;
    const laterStartsAt = startsLater[index];
    if (kind === 'file' && bytes <= (path.endsWith('.gz') ? WHOLE_GZIP_BYTES : runBytes)) {
      yield readWhole(path, laterStartsAt);
      continue;
    }
    const stream =
      path === STDIN_PATH && stdin !== undefined
        ? stdin
        : createReadStream(path, { highWaterMark: Math.min(READ_BYTES, runBytes) });
    const runs = lineRuns(stream, { runBytes, documentBytes: Math.min(limits.fileBytes, limits.decompressedBytes) });
    yield* containersOf(path, runs, laterStartsAt);
  }
}

interface Placed {
  readonly file: ListedFile;
  /** Sorts the files. */
  readonly order: EpochMs;
  /** Earliest event time believed to be in it. */
  readonly startsAt: EpochMs;
}

function inOrderOfDelivery(files: readonly ListedFile[]): readonly Placed[] {
  return files
    .map(place)
    .sort((left, right) =>
      left.order < right.order ? -1 : left.order > right.order ? 1 : left.file.path < right.file.path ? -1 : 1,
    );
}

function place(file: ListedFile): Placed {
  const unknown = Number.NEGATIVE_INFINITY;
  if (file.kind === 'stream') {
    return { file, order: Number.POSITIVE_INFINITY, startsAt: unknown };
  }
  const { delivered, startsAt } = peek(file);
  // A whole day in one file is named by its last delivery, so the records count too.
  return {
    file,
    order: delivered ?? startsAt ?? unknown,
    startsAt: Math.min(delivered ?? Number.POSITIVE_INFINITY, startsAt ?? delivered ?? unknown),
  };
}

function peek(file: ListedFile): FileTimes {
  try {
    return peekTimes(file);
  } catch {
    // Reading it will say why.
    return {};
  }
}

/** For each file the earliest start of those after it; undefined for the last. */
function earliestAfter(files: readonly Placed[]): readonly (EpochMs | undefined)[] {
  const later: (EpochMs | undefined)[] = [];
  let earliest: EpochMs | undefined;
  for (const { startsAt } of files.toReversed()) {
    later.push(earliest);
    earliest = Math.min(startsAt, earliest ?? Number.POSITIVE_INFINITY);
  }
  return later.reverse();
}

function readWhole(path: string, laterStartsAt: EpochMs | undefined): LogContainer | UnreadableContainer {
  try {
    return { name: path, bytes: readFileSync(path), precedingLines: 0, laterStartsAt };
  } catch (error) {
    return unreadable(path, error);
  }
}

/** Hands runs on one behind, since what the next one begins with says how far this one may be sealed. */
async function* containersOf(
  name: string,
  runs: AsyncIterable<Run>,
  afterFile: EpochMs | undefined,
): AsyncGenerator<LogContainer | UnreadableContainer> {
  let held: Extract<Run, { kind: 'lines' }> | undefined;
  for await (const run of runs) {
    if (run.kind === 'broken') {
      yield { name, rejection: run.rejection };
    } else {
      if (held !== undefined) {
        const nextStart = startOfLines(run.bytes) ?? Number.NEGATIVE_INFINITY;
        yield container(name, held, Math.min(nextStart, afterFile ?? Number.POSITIVE_INFINITY));
      }
      held = run;
    }
  }
  if (held !== undefined) {
    yield container(name, held, afterFile);
  }
}

function container(
  name: string,
  { bytes, precedingLines }: Extract<Run, { kind: 'lines' }>,
  laterStartsAt: EpochMs | undefined,
): LogContainer {
  return { name, bytes, precedingLines, laterStartsAt };
}
