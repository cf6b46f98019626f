import { readFileSync } from 'node:fs';
import { type AnomalyData, type AnomalyEvent, parseAlert } from '@portcullis/contract';
import { EPOCH_MS, HOUR_MS } from '@portcullis/event';
import type { ReportInput } from '../report/report-input.ts';

/** Monday 2026-03-02, 00:00 UTC. */
export const MONDAY = Date.UTC(2026, 2, 2);

const EXAMPLE = new URL('../../../../docs/schemas/examples/anomaly-detected.json', import.meta.url);
const example = parseAlert(JSON.parse(readFileSync(EXAMPLE, 'utf8')));

/** The example of the contract's documentation under an id of its own, with what a test changes. */
export function anAlert(id: string, data: Partial<AnomalyData> = {}): AnomalyEvent {
  const { metadata } = example.detail;
  return {
    ...example,
    detail: {
      metadata: { ...metadata, id, idempotencyKey: `${id}:${metadata.revision}` },
      data: { ...example.detail.data, firstSeen: isoAfter(0), lastSeen: isoAfter(1), ...data },
    },
  };
}

/** A time in the week that `aReport` covers. */
export function isoAfter(hours: number): string {
  return new Date(MONDAY + hours * HOUR_MS).toISOString();
}

/** A report of one working week of one actor. */
export function aReport(input: Partial<ReportInput> = {}): ReportInput {
  const rhythm = new Uint32Array(168);
  const hours = Array.from({ length: 5 * 24 }, (_, hour) => ({
    epoch: MONDAY / EPOCH_MS + hour,
    events: hour % 24 >= 8 && hour % 24 < 18 ? 40 : 3,
  }));
  for (const [hour, { events }] of hours.entries()) rhythm[hour] = events;
  return {
    alerts: [anAlert('one')],
    counts: {
      read: 2400,
      unique: 2390,
      duplicates: 10,
      late: 0,
      rejected: {},
      skipped: {},
      actors: 12,
      functions: 0,
      parties: 0,
      alerts: 1,
      decisions: { applied: 0, late: 0, repeated: 0, unmatched: 0, notDue: 0 },
      suppressed: {},
      muted: 0,
      partial: false,
      interrupted: false,
    },
    budgetPer100ActorsPerWeek: 1,
    hours,
    alertAfter: MONDAY + 24 * HOUR_MS,
    rhythms: new Map([[example.detail.data.actor.id, rhythm]]),
    guides: new Map([
      ['new-action', { about: 'A new action.', triage: ['Ask who it was.'], remedy: ['Take it away.'] }],
    ]),
    ...input,
  };
}
