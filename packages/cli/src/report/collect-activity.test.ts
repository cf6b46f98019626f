import { epochOf, HOUR_MS } from '@portcullis/event';
import { expect, it } from 'vitest';
import { anActor } from '../../../../test/builders.ts';
import { MONDAY } from '../testing/a-report.ts';
import { collectActivity, hourOfWeek } from './collect-activity.ts';

it.each([
  { time: MONDAY, hour: 0, why: 'a week begins on Monday' },
  { time: MONDAY + 26.5 * HOUR_MS, hour: 26, why: 'Tuesday, 02:30' },
  { time: MONDAY - 1, hour: 167, why: 'the last of Sunday' },
  { time: 0, hour: 72, why: '1970-01-01 was a Thursday' },
])('hour $hour of the week ($why)', ({ time, hour }) => {
  expect(hourOfWeek(time)).toBe(hour);
});

it('counts by hour, and by actor and hour of the week, late ones too', () => {
  const collected = collectActivity();
  const [monday, tuesday] = [epochOf(MONDAY), epochOf(MONDAY) + 24];
  const [one, other] = [anActor({ name: 'one' }), anActor({ name: 'other' })];

  collected.onSealed(tuesday, [{ actor: one, events: 5 }]);
  collected.onSealed(monday, [
    { actor: one, events: 2 },
    { actor: other, events: 1 },
  ]);
  collected.onSealed(monday, [{ actor: one, events: 1 }]);
  collected.onSealed(monday + 7 * 24, [{ actor: one, events: 10 }]);

  expect(collected.hours()).toEqual([
    { epoch: monday, events: 4 },
    { epoch: tuesday, events: 5 },
    { epoch: monday + 7 * 24, events: 10 },
  ]);
  expect(collected.rhythms.get(one.id)?.[0]).toBe(13);
  expect(collected.rhythms.get(one.id)?.[24]).toBe(5);
  expect(collected.rhythms.get(other.id)?.[0]).toBe(1);
});

it('counts a session for its shared role too, under which the overflow is judged', () => {
  const role = anActor({ name: 'admin' });
  const collected = collectActivity();

  collected.onSealed(epochOf(MONDAY), [
    { actor: anActor({ name: 'ana', kind: 'person', sharedRole: role }), events: 3 },
  ]);

  expect(collected.rhythms.get(role.id)?.[0]).toBe(3);
  expect(collected.hours()).toEqual([{ epoch: epochOf(MONDAY), events: 3 }]);
});
