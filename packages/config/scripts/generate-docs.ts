// Writes docs/configuration.md. Run after every change of the settings.
import { writeFileSync } from 'node:fs';
import { settingsMarkdown } from '../src/document-settings.ts';

writeFileSync(new URL('../../../docs/configuration.md', import.meta.url), settingsMarkdown());
