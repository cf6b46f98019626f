// Writes what follows from the schema: docs/configuration.md and the defaults. Run after every change of the settings.
import { writeFileSync } from 'node:fs';
import { settingsMarkdown } from '../src/document-settings.ts';
import { settingsSchema } from '../src/settings-schema.ts';

const defaults = JSON.stringify(settingsSchema.parse({}), null, 2);
writeFileSync(new URL('../src/generated/default-settings.json', import.meta.url), `${defaults}\n`);
writeFileSync(new URL('../../../docs/configuration.md', import.meta.url), settingsMarkdown());
