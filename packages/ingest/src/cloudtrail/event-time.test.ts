import { isoTime } from '@portcullis/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventTimeOf } from './event-time.ts';

const NOON = '2024-02-29T12:00:00Z';

describe('eventTimeOf', () => {
  it.each([
    { written: '2024-02-29T12:00:00Z', read: NOON, why: "CloudTrail's own form, on a leap day" },
    { written: '2024-02-29T12:00:00.000Z', read: NOON, why: 'Logstash @timestamp' },
    { written: '2024-02-29T12:00:00.999999Z', read: '2024-02-29T12:00:00.999Z', why: 'fractions are cut, not rounded' },
    { written: '2024-02-29T14:00:00+02:00', read: NOON, why: 'east of UTC' },
    { written: '2024-02-29T07:30:00-0430', read: NOON, why: 'west of UTC, no colon, half an hour' },
    { written: '2024-02-29T13:00:00+01', read: NOON, why: 'offset of whole hours' },
    { written: '2024-02-29T12:00:00', read: NOON, why: 'no zone means UTC' },
    { written: '2024-02-29 12:00:00', read: NOON, why: 'database export' },
    { written: '2024-02-29 12:00:00 UTC', read: NOON, why: 'zone spelled out' },
    { written: '20240229T120000Z', read: NOON, why: 'basic format, as in creationDate of old records' },
    { written: 1_709_208_000, read: NOON, why: 'epoch seconds' },
    { written: 1_709_208_000.25, read: '2024-02-29T12:00:00.250Z', why: 'LookupEvents gives seconds with fractions' },
    { written: 1_709_208_000_000, read: NOON, why: 'epoch milliseconds' },
    { written: '1709208000', read: NOON, why: 'seconds as text' },
    { written: '1709208000000', read: NOON, why: 'milliseconds as text' },
    { written: '2016-12-31T23:59:60Z', read: '2017-01-01T00:00:00Z', why: 'leap second joins the next minute' },
    { written: '2005-01-01T00:00:00Z', read: '2005-01-01T00:00:00Z', why: 'first accepted instant' },
    { written: '2099-12-31T23:59:59Z', read: '2099-12-31T23:59:59Z', why: 'last accepted second' },
  ])('reads $written ($why)', ({ written, read }) => {
    expect(isoTime(eventTimeOf(written))).toBe(read);
  });

  it.each([
    { written: '2004-12-31T23:59:59Z', why: 'before 2005' },
    { written: '2100-01-01T00:00:00Z', why: 'from 2100 on' },
    { written: '2023-02-29T12:00:00Z', why: 'no leap year' },
    { written: '2024-04-31T12:00:00Z', why: 'April has 30 days' },
    { written: '2024-13-01T12:00:00Z', why: 'no such month' },
    { written: '2024-00-10T12:00:00Z', why: 'month 0' },
    { written: '2024-01-00T12:00:00Z', why: 'day 0' },
    { written: '2024-01-01T24:00:00Z', why: 'hour 24' },
    { written: '2024-01-01T12:60:00Z', why: 'minute 60' },
    { written: '2024-0x-01T12:00:00Z', why: 'a letter among digits' },
    { written: '2024-01-01T12:00:0/Z', why: 'the character before 0' },
    { written: 'eventTime', why: 'placeholder' },
    { written: '', why: 'empty' },
    { written: '1688', why: 'too short for an epoch' },
    { written: 0, why: '1970' },
    { written: -1, why: 'negative' },
    { written: 1e300, why: 'beyond any date' },
    { written: Number.NaN, why: 'no number' },
    { written: null, why: 'null' },
    { written: true, why: 'boolean' },
    { written: ['2024-01-01T12:00:00Z'], why: 'a list' },
  ])('refuses $written ($why)', ({ written }) => {
    expect(eventTimeOf(written)).toBeNaN();
  });

  it('agrees with Date on every second of its range', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_104_537_600, max: 4_102_444_799 }), (second) => {
        expect(eventTimeOf(isoTime(second * 1000))).toBe(second * 1000);
      }),
    );
  });
});
