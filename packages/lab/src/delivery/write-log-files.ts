import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type LogFile, logFileBytes } from './log-file.ts';

/** Writes files below a folder and says how many records and bytes they hold. */
export function writeLogFiles(folder: string, files: Iterable<LogFile>) {
  const written = { files: 0, records: 0, bytes: 0 };
  for (const file of files) {
    const path = join(folder, file.path);
    const bytes = logFileBytes(file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    written.files++;
    written.records += file.records.length;
    written.bytes += bytes.length;
  }
  return written;
}
