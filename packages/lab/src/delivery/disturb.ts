import { MINUTE_MS } from '@portcullis/event';
import type { Random } from '../random.ts';
import type { CloudTrailRecord } from '../record/cloudtrail-record.ts';
import type { LogFile } from './log-file.ts';

/** The same events, delivered otherwise. None of these may change what a replay finds. */
export type Disturbance = (files: readonly LogFile[], random: Random) => LogFile[];

/** Every file comes again some files later, and inside it a record in twenty is doubled. */
export const duplicated: Disturbance = (files, random) =>
  files
    .flatMap((file, index) => [
      { at: index, file },
      { at: index + random.int(1, 6) + 0.5, file: withDoubledRecords(file, random) },
    ])
    .sort((a, b) => a.at - b.at)
    .map(({ file }) => file);

function withDoubledRecords({ path, records }: LogFile, random: Random): LogFile {
  return {
    path: `${path}.again`,
    records: records.flatMap((record) => (random.chance(0.05) ? [record, record] : [record])),
  };
}

/** Other file boundaries: one to 400 records a file. */
export const resplit: Disturbance = (files, random) =>
  cut(
    files.flatMap(({ records }) => records),
    random,
  );

/** The files in any order at all. */
export const shuffledFiles: Disturbance = (files, random) => random.shuffled(files);

/** Every record is held up by zero to ten minutes, so neighbours change places, also across files. */
export const reordered: Disturbance = (files, random) => {
  const heldUp = files
    .flatMap(({ records }) => records)
    .map((record) => ({ record, arrives: Date.parse(record.eventTime) + random.float() * 10 * MINUTE_MS }))
    .sort((a, b) => a.arrives - b.arrives);
  return cut(
    heldUp.map(({ record }) => record),
    random,
  );
};

function cut(records: readonly CloudTrailRecord[], random: Random): LogFile[] {
  const files: LogFile[] = [];
  for (let from = 0; from < records.length; ) {
    const to = from + random.int(1, 400);
    files.push({ path: `cut-${String(files.length).padStart(5, '0')}.json.gz`, records: records.slice(from, to) });
    from = to;
  }
  return files;
}
