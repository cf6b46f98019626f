import type { Probe } from '@portcullis/aws';
import { type EpochMs, isoTime, MINUTE_MS } from '@portcullis/event';
import type { Diagnosis, Place } from '@portcullis/pipeline/live';
import Table from 'cli-table3';
import pc from 'picocolors';
import type { ReportStyle } from '../replay/alert-report.ts';
import { printable } from '../terminal-text.ts';

const ROWS_WITHOUT_LINES = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };

/** What the doctor found, for people: places, the pipeline as a whole, what could not be looked at. */
export function diagnosisText(
  diagnosis: Diagnosis | undefined,
  probes: readonly Probe[],
  now: EpochMs,
  { colors }: Pick<ReportStyle, 'colors'>,
): string {
  const { red, green } = pc.createColors(colors);
  const blocked = probes.filter(({ outcome }) => outcome !== 'ok');
  const troubles = [
    ...(diagnosis === undefined ? ['how the lane is cannot be said without what is listed below'] : diagnosis.troubles),
    ...(diagnosis?.places ?? []).flatMap((place) =>
      place.troubles.map(
        (trouble) => `${place.account} ${place.region}${place.lane ? ` ${place.lane}` : ''}: ${trouble}`,
      ),
    ),
    ...blocked.map(({ on, action, outcome, message }) => `${on}: ${SAID[outcome]}, ${action}: ${message ?? ''}`),
  ];
  return [
    ...(diagnosis === undefined ? [] : [placeTable(diagnosis.places, now), wholeText(diagnosis)]),
    troubles.length === 0
      ? green('all is well')
      : red([`${troubles.length} troubles`, ...troubles.map((trouble) => `- ${printable(trouble)}`)].join('\n')),
    '',
  ].join('\n');
}

const SAID: Readonly<Record<Probe['outcome'], string>> = {
  ok: 'may be read',
  denied: 'you may not',
  missing: 'is not there',
  failed: 'gave an error',
};

function placeTable(places: readonly Place[], now: EpochMs): string {
  const table = new Table({
    head: ['account', 'region', 'lane', 'last event', 'ago', 'came after', 'gap'],
    style: { head: [], border: [] },
    chars: ROWS_WITHOUT_LINES,
  });
  for (const { account, region, lane, lastEvent, delayMs, gap } of places) {
    table.push([
      printable(account),
      printable(region),
      lane ?? '-',
      lastEvent === undefined ? 'never' : time(lastEvent),
      lastEvent === undefined ? '' : span(now - lastEvent),
      delayMs === undefined ? '' : span(delayMs),
      gap === undefined ? '' : `${gap.why} for ${span(gap.to - gap.from)}`,
    ]);
  }
  return table.toString();
}

function wholeText({ sealedTo, waiting, countedTo }: Diagnosis): string {
  return [
    sealedTo === undefined ? 'no hour is sealed yet' : `sealed up to ${time(sealedTo)}`,
    countedTo === undefined ? 'no mark has passed yet' : `counted up to ${time(countedTo)}`,
    `${waiting} ${waiting === 1 ? 'hour waits' : 'hours wait'} for its seal`,
  ].join('; ');
}

function time(at: EpochMs): string {
  return isoTime(at).slice(0, 16).replace('T', ' ');
}

/** `4 min`, `3 h 20 min`, `12 days`. */
export function span(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / MINUTE_MS));
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.round(minutes / 60 / 24)} days`;
}
