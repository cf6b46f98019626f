// Writes the contract's JSON Schemas to docs/schemas. Run after every change of the schemas.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  anomalyJsonSchema,
  decisionJsonSchema,
  emergingJsonSchema,
  permissionReviewJsonSchema,
  pipelineImpairedJsonSchema,
  revocationJsonSchema,
} from '../src/json-schema.ts';

const folder = path.resolve(import.meta.dirname, '../../../docs/schemas');
mkdirSync(folder, { recursive: true });
for (const [name, schema] of [
  ['anomaly-event', anomalyJsonSchema()],
  ['emerging-event', emergingJsonSchema()],
  ['revocation-event', revocationJsonSchema()],
  ['permission-review-event', permissionReviewJsonSchema()],
  ['pipeline-impaired-event', pipelineImpairedJsonSchema()],
  ['decision', decisionJsonSchema()],
] as const) {
  writeFileSync(path.join(folder, `${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`);
}
