// Writes the contract's JSON Schema to docs/schemas. Run after every change of the schemas.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { anomalyJsonSchema, decisionJsonSchema, permissionReviewJsonSchema } from '../src/json-schema.ts';

const folder = path.resolve(import.meta.dirname, '../../../docs/schemas');
mkdirSync(folder, { recursive: true });
for (const [name, schema] of [
  ['anomaly-event', anomalyJsonSchema()],
  ['decision', decisionJsonSchema()],
  ['permission-review-event', permissionReviewJsonSchema()],
] as const) {
  writeFileSync(path.join(folder, `${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`);
}
