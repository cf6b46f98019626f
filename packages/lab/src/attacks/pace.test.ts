import { DAY_MS, HOUR_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import type { Loudness, Member, StorySetting } from '../organization.ts';
import { randomStream } from '../random.ts';
import { paceOf, STORY_DAYS, workingHours } from './pace.ts';
import { handMadeOrganization, WORLD_START } from './testing/hand-made-organization.ts';

const organization = handMadeOrganization();
const [somebody] = organization.members;
if (somebody === undefined) throw new Error('nobody there');

const person: Member = { ...somebody, kind: 'person', hours: [9, 17], callsPerActiveDay: 40 };
const MONDAY = WORLD_START;

describe('workingHours', () => {
  it.each([
    { time: 8, next: 9, why: 'before work' },
    { time: 10, next: 10, why: 'at work' },
    { time: 17, next: 33, why: 'after work: the next morning' },
    { time: 4 * 24 + 18, next: 7 * 24 + 9, why: 'Friday evening: Monday' },
    { time: 5 * 24 + 12, next: 7 * 24 + 9, why: 'Saturday: Monday' },
  ])('of a person: hour $time leads to hour $next ($why)', ({ time, next }) => {
    const hours = workingHours(person, WORLD_START);

    expect((hours.notBefore(MONDAY + time * HOUR_MS) - MONDAY) / HOUR_MS).toBe(next);
  });

  it('run over midnight, and on weekends for what is no person', () => {
    const nightly = workingHours({ ...person, kind: 'scheduled-user', hours: [22, 26] }, WORLD_START);

    expect(nightly.holds(MONDAY + 25 * HOUR_MS)).toBe(true);
    expect(nightly.holds(MONDAY + 27 * HOUR_MS)).toBe(false);
    expect(nightly.holds(MONDAY + (5 * 24 + 23) * HOUR_MS)).toBe(true);
  });

  it('count working time only', () => {
    const hours = workingHours(person, WORLD_START);

    expect((hours.after(MONDAY + 16 * HOUR_MS, 3 * HOUR_MS) - MONDAY) / HOUR_MS).toBe(24 + 11);
  });
});

function times(loudness: Loudness, victim: Member, count: number): number[] {
  const setting: StorySetting = {
    organization,
    victim,
    at: MONDAY + 10 * HOUR_MS,
    loudness,
    random: randomStream('pace', loudness),
  };
  const pace = paceOf(setting);
  return Array.from({ length: count }, () => pace.next());
}

/** Calls in an hour, from the mean gap between so many. */
function perHour(all: readonly number[]): number {
  return (all.length * HOUR_MS) / ((all.at(-1) ?? 0) - (MONDAY + 10 * HOUR_MS));
}

describe('paceOf', () => {
  it('makes loud calls in seconds, medium ones at one to three times the victim’s rate', () => {
    const hourly = 40 / 8;

    expect(perHour(times('loud', person, 200))).toBeGreaterThan(50 * hourly);
    expect(perHour(times('medium', person, 200))).toBeGreaterThan(0.9 * hourly);
    expect(perHour(times('medium', person, 200))).toBeLessThan(3.3 * hourly);
  });

  it('keeps quiet calls below the victim’s rate and inside its hours', () => {
    const hours = workingHours(person, WORLD_START);
    const all = times('quiet', person, 30);
    const days = new Set(all.map((time) => Math.floor(time / DAY_MS)));

    expect(all.every((time) => hours.holds(time))).toBe(true);
    expect(30 / days.size).toBeLessThan(0.8 * 40);
  });

  it.each([
    { victim: { ...person, callsPerActiveDay: 1 }, days: STORY_DAYS, why: 'hardly a call a day' },
    { victim: { ...person, callsPerActiveDay: 1, leaves: 2 }, days: 2, why: 'leaves the day after tomorrow' },
    {
      victim: { ...person, kind: 'service' as const, hours: [2, 2.05] as const },
      days: STORY_DAYS,
      why: 'three minutes a day',
    },
  ])('ends in time all the same ($why)', ({ victim, days }) => {
    const last = times('quiet', victim, 16).at(-1) ?? 0;

    expect((last - MONDAY) / DAY_MS).toBeLessThan(days);
  });
});
