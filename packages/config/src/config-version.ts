import { createHash } from 'node:crypto';
import type { Settings } from './settings.ts';

/**
 * Short name of a configuration: equal settings give equal versions, however they were written.
 *
 * 12 hexadecimal digits of SHA-256 over the complete settings with sorted keys. How it is deployed is left out: no alert
 * depends on it.
 */
export function configVersion({ deploy: _, ...settings }: Settings): string {
  const canonical = JSON.stringify(settings, (_key, value: unknown) => sorted(value));
  return createHash('sha256').update(canonical).digest('hex').slice(0, 12);
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
