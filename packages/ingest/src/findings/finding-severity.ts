import type { FindingSeverity } from '@portcullis/event';
import { textOf } from '../cloudtrail/record.ts';

const BY_LABEL: Readonly<Record<string, FindingSeverity>> = {
  INFORMATIONAL: 'informational',
  LOW: 'low',
  MEDIUM: 'medium',
  HIGH: 'high',
  CRITICAL: 'critical',
};

/** By Security Hub's labels. */
export function severityOfLabel(label: unknown): FindingSeverity | undefined {
  const written = textOf(label, 16).toUpperCase();
  return Object.hasOwn(BY_LABEL, written) ? BY_LABEL[written] : undefined;
}

/** OCSF's `severity_id`; 6 is fatal. */
const BY_ID: readonly (FindingSeverity | undefined)[] = [
  undefined,
  'informational',
  'low',
  'medium',
  'high',
  'critical',
  'critical',
];

export function severityOfId(id: unknown): FindingSeverity | undefined {
  return typeof id === 'number' ? BY_ID[id] : undefined;
}
