// Writes the contract's JSON Schema to docs/schemas. Run after every change of the schemas.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { anomalyJsonSchema } from '../src/json-schema.ts';

const folder = path.resolve(import.meta.dirname, '../../../docs/schemas');
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, 'anomaly-event.schema.json'), `${JSON.stringify(anomalyJsonSchema(), null, 2)}\n`);
