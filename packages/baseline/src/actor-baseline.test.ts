import { DAY_MS, EPOCH_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { anAction, anActivityEvent, anActor, MONDAY } from '../../../test/builders.ts';
import { emptyDelta, observe } from './activity-delta.ts';
import { type ActorBaseline, emptyBaseline, seal } from './actor-baseline.ts';
import { expectCount, SHIPPED_COUNT_PRIOR } from './count-memory.ts';
import { METRICS } from './metric.ts';
import { valueHash } from './value-hash.ts';
import { mostUsual } from './value-names.ts';

function sealHour(baseline: ActorBaseline, hour: number, actions: readonly string[]) {
  const time = MONDAY + hour * EPOCH_MS;
  const delta = emptyDelta(anActor(), time / EPOCH_MS);
  for (const action of actions) observe(delta, anActivityEvent({ time, action: anAction(action) }));
  return seal(baseline, delta);
}

describe('seal', () => {
  it('says what was new, once', () => {
    const baseline = emptyBaseline(MONDAY / DAY_MS);

    expect(sealHour(baseline, 0, ['s3:GetObject', 's3:GetObject']).newValues.action).toEqual([
      valueHash('s3:GetObject'),
    ]);
    expect(sealHour(baseline, 1, ['s3:GetObject']).newValues.action).toEqual([]);
  });

  it('remembers a value over a year of silence while its rate fades', () => {
    const baseline = emptyBaseline(MONDAY / DAY_MS);
    sealHour(baseline, 0, ['rds:RestoreDBInstanceFromDBSnapshot']);

    const found = sealHour(baseline, 24 * 365, ['rds:RestoreDBInstanceFromDBSnapshot']);

    expect(found.newValues.action).toEqual([]);
    expect(expectCount(baseline.counts, 'hour', 0, SHIPPED_COUNT_PRIOR).windows).toBeCloseTo(1, 3);
  });

  it('counts active days, not elapsed ones', () => {
    const baseline = emptyBaseline(MONDAY / DAY_MS);
    for (const hour of [0, 5, 24, 24 * 9]) sealHour(baseline, hour, ['s3:GetObject']);

    expect(baseline.activeDays).toBe(3);
    expect(baseline.fadedDays).toBeCloseTo(1 + 0.93 + 0.93 ** 2, 10);
  });

  it('a finished day joins the daily counts when the next one begins', () => {
    const baseline = emptyBaseline(MONDAY / DAY_MS);
    sealHour(baseline, 0, ['a:b', 'a:b']);
    sealHour(baseline, 3, ['a:b']);
    expect(expectCount(baseline.counts, 'day', 0, SHIPPED_COUNT_PRIOR).windows).toBe(0);

    const { day } = sealHour(baseline, 24, ['a:b']);

    expect(day?.[0]).toBe(3);
    expect(expectCount(baseline.counts, 'day', 0, SHIPPED_COUNT_PRIOR).windows).toBe(1);
    expect(baseline.recentDays.map(({ counts }) => counts[0])).toEqual([3, 1]);
  });

  it('a week ends on Sunday and joins when the next one begins', () => {
    const baseline = emptyBaseline(MONDAY / DAY_MS);
    for (const day of [0, 3, 6]) sealHour(baseline, 24 * day, ['a:b']);

    const { week } = sealHour(baseline, 24 * 8, ['a:b']);

    expect(week?.[0]).toBe(3);
    expect(baseline.longestGap).toBe(2);
  });

  it('counts things read once a day, however often they are read', () => {
    const baseline = emptyBaseline(MONDAY / DAY_MS);
    const distinct = METRICS.indexOf('dataResources');
    for (const hour of [0, 1, 2]) {
      const time = MONDAY + hour * EPOCH_MS;
      const delta = emptyDelta(anActor(), time / EPOCH_MS);
      const read = { time, action: anAction('secretsmanager:GetSecretValue') };
      for (const name of ['one', `secret-${hour}`]) observe(delta, anActivityEvent({ ...read, resources: [name] }));
      seal(baseline, delta);
    }

    expect(baseline.recentDays[0]?.counts[distinct]).toBe(4);
    expect(baseline.recentDays[0]?.counts[METRICS.indexOf('newData')]).toBe(4);
  });

  it('stays bounded under hostile variety and forgets the stalest first', () => {
    const baseline = emptyBaseline(MONDAY / DAY_MS);
    sealHour(baseline, 0, ['old:Value']);
    for (let day = 1; day <= 4; day++) {
      sealHour(
        baseline,
        day * 24,
        Array.from({ length: 100 }, (_, i) => `svc:Action${day}-${i}`),
      );
    }

    expect(baseline.features.action.values.size).toBe(256);
    expect(baseline.features.action.values.has(valueHash('old:Value'))).toBe(false);
    expect(baseline.features.action.values.has(valueHash('svc:Action4-99'))).toBe(true);
  });
});

describe('mostUsual', () => {
  it('is the most frequent value', () => {
    const baseline = emptyBaseline(MONDAY / DAY_MS);
    sealHour(baseline, 0, ['b:b', 'a:a', 'b:b', 'c:c']);

    expect(mostUsual(baseline.features.action)).toMatchObject({ value: 'b:b', count: 2 });
  });
});
