import { defaultSettings } from '@portcullis/config';
import { expect, it } from 'vitest';
import { type EvaluationOptions, tasksOf } from './evaluate.ts';

const options: EvaluationOptions = {
  seed: 5,
  half: 'tuning',
  organizations: 3,
  actors: 50,
  learnDays: 21,
  judgeDays: 14,
  budgets: [1],
  loudness: ['loud'],
  attacksPerLoudness: 10,
  attacksPerRun: 8,
  stories: ['keys'],
  declared: false,
  settings: defaultSettings,
  workers: 2,
};

it('shares attacks out over organizations, each going on with the stories where the one before stopped', () => {
  expect(tasksOf(options).map(({ seed, options: { perLoudness, offset } }) => ({ seed, perLoudness, offset }))).toEqual(
    [
      { seed: 5, perLoudness: 4, offset: 0 },
      { seed: 6, perLoudness: 3, offset: 4 },
      { seed: 7, perLoudness: 3, offset: 7 },
    ],
  );
});

it('can be handed to a thread', () => {
  expect(structuredClone(tasksOf(options))).toEqual(tasksOf(options));
});
