// The least that reading CloudTrail costs: gunzip and JSON.parse of every file below a folder, nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const folder = process.argv[2] ?? '.';
let records = 0;
for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
  if (path.endsWith('.gz'))
    records += JSON.parse(gunzipSync(readFileSync(join(folder, path))).toString()).Records.length;
}
process.stdout.write(`${records}\n`);
