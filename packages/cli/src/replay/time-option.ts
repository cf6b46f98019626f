import type { EpochMs } from '@portcullis/event';
import { UsageError } from '../errors.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * Reads a date or a date and time; UTC unless it names an offset. A date alone is its first instant.
 *
 * @throws {UsageError} naming the option
 * @example
 * parseTime('2026-11-23', '--from'); // => Date.UTC(2026, 10, 23)
 */
export function parseTime(text: string, option: string): EpochMs {
  const iso = isoForm(text);
  const time = iso === undefined ? Number.NaN : Date.parse(iso);
  if (Number.isNaN(time) || !isOnCalendar(text)) {
    throw new UsageError(`${option}: "${text}" is not a time; good ones are 2026-11-23 and 2026-11-23T10:15:00Z (UTC)`);
  }
  return time;
}

function isoForm(text: string): string | undefined {
  if (DATE.test(text)) return `${text}T00:00:00Z`;
  const match = DATE_TIME.exec(text);
  return match ? `${match[1]}T${match[2]}${match[3] ?? ':00'}${match[4] ?? 'Z'}` : undefined;
}

/** `Date.parse` takes February 30 for March 2. */
function isOnCalendar(text: string): boolean {
  const date = text.slice(0, 10);
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date);
}
