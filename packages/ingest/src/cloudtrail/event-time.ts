import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '@portcullis/event';

/** 2005-01-01, before AWS had any log to write. */
const EARLIEST: EpochMs = 1_104_537_600_000;
/** 2100-01-01. */
const LATEST: EpochMs = 4_102_444_800_000;

/** Numbers below are seconds, above milliseconds: as seconds this is the year 5138, as milliseconds 1973. */
const SECONDS_BELOW = 1e11;

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const ISO = /^(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d):?(\d\d)(?:[.,](\d{1,9}))?\s?(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/i;
const NUMERIC = /^\d{9,14}(?:\.\d{1,9})?$/;

/**
 * Reads an event time: ISO 8601 with `Z`, an offset, fractions or none of them (then UTC), or epoch
 * seconds or milliseconds as a number or as text.
 *
 * Whole milliseconds, rounded down. `NaN` for what cannot be read, for days that do not exist and for
 * times before 2005 or from 2100 on: a wild clock must not open or seal epochs.
 */
export function eventTimeOf(value: unknown): EpochMs {
  if (typeof value === 'string') {
    const time = cloudTrailTime(value);
    return Number.isNaN(time) ? otherTime(value) : time;
  }
  return typeof value === 'number' ? epochNumber(value) : Number.NaN;
}

/** Fast path for `2026-11-23T10:15:00Z`, the one form that CloudTrail itself writes; `NaN` for any other. */
function cloudTrailTime(text: string): EpochMs {
  if (
    text.length !== 20 ||
    text.charCodeAt(4) !== 45 ||
    text.charCodeAt(7) !== 45 ||
    text.charCodeAt(10) !== 84 ||
    text.charCodeAt(13) !== 58 ||
    text.charCodeAt(16) !== 58 ||
    text.charCodeAt(19) !== 90
  ) {
    return Number.NaN;
  }
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  return instant(
    year,
    twoDigits(text, 5),
    twoDigits(text, 8),
    twoDigits(text, 11),
    twoDigits(text, 14),
    twoDigits(text, 17),
  );
}

/** `NaN` where either is not a digit. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function instant(year: number, month: number, day: number, hour: number, minute: number, second: number): EpochMs {
  // A leap second (60) counts as the first second of the next minute. Comparisons with NaN are false.
  if (!(year >= 2004 && year <= 2100 && month >= 1 && month <= 12 && day >= 1)) return Number.NaN;
  if (!(hour <= 23 && minute <= 59 && second <= 60)) return Number.NaN;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const daysInMonth = (DAYS_IN_MONTH[month - 1] ?? 0) + (leap && month === 2 ? 1 : 0);
  if (day > daysInMonth) return Number.NaN;
  // Within 2004–2100 every fourth year before the given one was a leap year.
  const days =
    365 * (year - 1970) +
    Math.floor((year - 1969) / 4) +
    (DAYS_BEFORE_MONTH[month - 1] ?? 0) +
    (leap && month > 2 ? 1 : 0) +
    day -
    1;
  return inRange(days * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS);
}

function otherTime(text: string): EpochMs {
  if (text.length > 40) return Number.NaN;
  if (NUMERIC.test(text)) return epochNumber(Number(text));
  const parts = ISO.exec(text);
  if (parts === null) return Number.NaN;
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = parts;
  const base = instant(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
  return inRange(base + Number(fraction.padEnd(3, '0').slice(0, 3)) - offsetMs(zone));
}

/** `+02:00`, `+0200` or `+02`, in milliseconds east of UTC. */
function offsetMs(zone: string): number {
  if (zone.length < 3 || /^utc$/i.test(zone)) return 0;
  const digits = zone.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (digits.startsWith('-') ? -minutes : minutes) * MINUTE_MS;
}

function epochNumber(value: number): EpochMs {
  return inRange(Math.floor(value < SECONDS_BELOW ? value * SECOND_MS : value));
}

function inRange(time: number): EpochMs {
  return time >= EARLIEST && time < LATEST ? time : Number.NaN;
}
