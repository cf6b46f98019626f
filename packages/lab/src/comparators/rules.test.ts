import { type ActivityEvent, DAY_MS, HOUR_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { anAction, anActivityEvent, anActor, MONDAY } from '../../../../test/builders.ts';
import { hourlyVolume } from './hourly-volume.ts';
import { newOrMuch } from './new-or-much.ts';
import { rareAction } from './rare-action.ts';
import { ActorDays, findsUpTo, type RuleMemory } from './rule.ts';
import { RULES } from './rules.ts';

const orders = anActor({ name: 'orders-api' });

/** So many calls in each hour. */
function hours(counts: readonly number[], actor = orders): ActivityEvent[][] {
  return counts.map((count, hour) =>
    Array.from({ length: count }, () => anActivityEvent({ actor, time: MONDAY + hour * HOUR_MS })),
  );
}

function lastHour(memory: RuleMemory, hourly: readonly (readonly ActivityEvent[])[]) {
  return hourly.map((events) => memory.hour(events)).at(-1) ?? [];
}

describe('hourly volume', () => {
  it.each([
    // mean 5, sample variance 16 / 7, deviation 1.512
    { counts: [3, 7, 5, 5, 3, 7, 5, 5, 11], score: 3.969, marked: 11, why: 'all calls of the hour are marked' },
    { counts: [5, 5, 5, 5, 5, 5, 5, 5, 9], score: 4, marked: 9, why: 'a deviation of none counts as one' },
    { counts: [5, 5, 5, 5, 5, 5, 5, 50], score: undefined, marked: 0, why: 'seven hours are no history' },
    { counts: [5, 5, 5, 5, 5, 5, 5, 5, 5], score: undefined, marked: 0, why: 'as ever' },
  ])('$counts ($why)', ({ counts, score, marked }) => {
    const marks = lastHour(hourlyVolume.start(), hours(counts));

    expect(marks).toHaveLength(marked);
    if (score !== undefined) expect(marks[0]?.score).toBeCloseTo(score, 2);
  });

  it('learns after it has judged', () => {
    const memory = hourlyVolume.start();
    const first = lastHour(memory, hours([5, 5, 5, 5, 5, 5, 5, 5, 50]));
    const second = lastHour(memory, hours([50]));

    expect(first[0]?.score).toBe(45);
    expect(second[0]?.score).toBeLessThan(3);
  });
});

describe('rare action', () => {
  const crowd = Array.from({ length: 20 }, (_, index) => anActor({ name: `worker-${index}` }));
  const usual = crowd.map((actor) => anActivityEvent({ actor }));
  const rare = anAction('iam:CreateUser');

  it.each([
    { users: 0, score: 1 },
    { users: 1, score: 0.5 },
    { users: 3, score: 0.25 },
  ])('$users others use it: $score', ({ users, score }) => {
    const memory = rareAction.start();
    memory.hour([...usual, ...crowd.slice(0, users).map((actor) => anActivityEvent({ actor, action: rare }))]);

    const marks = memory.hour([anActivityEvent({ actor: orders, action: rare })]);

    expect(marks.map((mark) => mark.score)).toEqual([score]);
  });

  it('says it once per actor, and nothing in a small or another account', () => {
    const memory = rareAction.start();
    memory.hour(usual);
    const elsewhere = anActor({ name: 'far', account: '999988887777' });

    expect(memory.hour([anActivityEvent({ actor: orders, action: rare })])).toHaveLength(1);
    expect(memory.hour([anActivityEvent({ actor: orders, action: rare })])).toEqual([]);
    expect(memory.hour([anActivityEvent({ actor: elsewhere, action: rare })])).toEqual([]);
  });
});

it('either of the two: a new action or a high hour', () => {
  const memory = newOrMuch.start();
  for (const hour of hours([5, 5, 5, 5, 5, 5, 5, 5])) memory.hour(hour);

  const [newAction] = memory.hour([anActivityEvent({ actor: orders, action: anAction('iam:ListUsers') })]);
  const [much] = lastHour(memory, hours([20]));

  // The second of the day
  expect(newAction?.score).toBe(2);
  expect(much?.score).toBeGreaterThan(1);
});

describe.each(RULES)('$id', (rule) => {
  it('a fork learns for itself', () => {
    const memory = rule.start();
    for (const hour of hours([5, 5, 5, 5, 5, 5, 5, 5])) memory.hour(hour);
    const odd = Array.from({ length: 40 }, (_, index) =>
      anActivityEvent({
        actor: index < 20 ? orders : anActor({ name: `worker-${index}` }),
        action: anAction(`iam:Odd${index}`),
      }),
    );

    const forked = memory.fork().hour(odd);

    expect(forked.length).toBeGreaterThan(0);
    expect(memory.hour(odd)).toEqual(forked);
  });

  it('has its threshold in the sweep', () => {
    expect(rule.sweep).toContain(rule.threshold);
    expect(rule.sweep).toEqual(rule.sweep.toSorted((a, b) => a - b));
  });
});

describe('actor-days', () => {
  const days = new ActorDays(MONDAY);
  const marks = [
    { event: anActivityEvent({ id: 'early', actor: orders, time: MONDAY - 1 }), score: 9 },
    { event: anActivityEvent({ id: 'a', actor: orders }), score: 2 },
    { event: anActivityEvent({ id: 'b', actor: orders }), score: 5 },
    { event: anActivityEvent({ id: 'c', actor: orders, time: MONDAY + DAY_MS }), score: 3 },
  ];
  days.add(marks);

  it('are one alert per actor and day, none before the learned time', () => {
    expect(days.all().map(({ score }) => score)).toEqual([5, 3]);
  });

  it.each([
    { ids: ['b'], upTo: 5, why: 'its own score' },
    { ids: ['a'], upTo: 2, why: 'below the usual threshold: only a more generous one marks it' },
    { ids: ['a', 'b'], upTo: 5, why: 'the best of them' },
    { ids: ['c'], upTo: 0, why: 'of another day' },
  ])('find $ids up to $upTo ($why)', ({ ids, upTo }) => {
    const [day] = days.all();

    expect(day && findsUpTo(day, new Set(ids), 3)).toBe(upTo);
  });

  it('of a strict threshold point at all that the usual one marks', () => {
    const [day] = days.all();

    expect(day && findsUpTo(day, new Set(['a']), 2)).toBe(5);
  });
});
