import type { EpochMs } from '@portcullis/event';
import type { LogContainer } from '@portcullis/pipeline';
import { type LogFile, logFileBytes } from './log-file.ts';

/** Files in the order given, as the pipeline reads them; knows exactly from when on later files tell. */
export async function* memorySource(files: readonly LogFile[]): AsyncGenerator<LogContainer> {
  const laterStarts = startsOfLater(files);
  for (const [index, file] of files.entries()) {
    yield { name: file.path, bytes: logFileBytes(file), precedingLines: 0, laterStartsAt: laterStarts[index] };
  }
}

/** For each file the earliest event time in any file behind it; `undefined` for the last. */
function startsOfLater(files: readonly LogFile[]): (EpochMs | undefined)[] {
  const starts: (EpochMs | undefined)[] = [];
  let earliest: EpochMs | undefined;
  for (const [index, { records }] of [...files.entries()].reverse()) {
    starts[index] = earliest;
    for (const { eventTime } of records)
      earliest = Math.min(earliest ?? Number.POSITIVE_INFINITY, Date.parse(eventTime));
  }
  return starts;
}
