/** Writes the bundled sample anew: `node packages/lab/scripts/write-sample.ts`. */
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isoTime } from '@portcullis/event';
import { writeLogFiles } from '../src/delivery/write-log-files.ts';
import { bundledSample, SAMPLE_SEED } from '../src/sample/bundled-sample.ts';

const folder = fileURLToPath(new URL('../../cli/sample/', import.meta.url));
const { files, labels, alertAfter } = bundledSample();

rmSync(`${folder}AWSLogs`, { recursive: true, force: true });
const written = writeLogFiles(folder, files);
writeFileSync(`${folder}labels.json`, `${JSON.stringify(labels, null, 2)}\n`);
writeFileSync(
  `${folder}sample.json`,
  `${JSON.stringify({ seed: SAMPLE_SEED, records: written.records, alertAfter: isoTime(alertAfter) }, null, 2)}\n`,
);
console.log(`${written.files} files, ${written.records} records, ${Math.round(written.bytes / 1024)} KiB`);
