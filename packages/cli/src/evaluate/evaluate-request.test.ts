import { describe, expect, it } from 'vitest';
import { type EvaluateArguments, middleOf, readEvaluateRequest } from './evaluate-request.ts';

const USUAL: EvaluateArguments = { learnDays: '21', judgeDays: '14', loudness: 'loud,medium,quiet' };

describe('evaluate is asked for', () => {
  it.each([
    {
      given: {},
      options: { half: 'tuning', organizations: 4, actors: 150, attacksPerLoudness: 40, budgets: [1, 3, 10] },
    },
    { given: { full: true }, options: { half: 'test', organizations: 10, actors: 300, attacksPerLoudness: 200 } },
    { given: { tenth: true }, options: { half: 'test', organizations: 2, actors: 150, attacksPerLoudness: 20 } },
    {
      given: { full: true, half: 'tuning', organizations: '2', budgets: '3,0.5', ablation: true },
      options: { half: 'tuning', organizations: 2, actors: 300, budgets: [3, 0.5], ablationBudget: 0.5 },
    },
    {
      given: { stories: 'secret-by-secret', loudness: 'quiet', declared: true, workers: '1' },
      options: { stories: ['secret-by-secret'], loudness: ['quiet'], declared: true, workers: 1 },
    },
  ])('$given', async ({ given, options }) => {
    expect((await readEvaluateRequest({ ...USUAL, ...given })).options).toMatchObject(options);
  });

  it('the full run measures 60 hundred-actor-weeks', async () => {
    const { organizations, actors, judgeDays } = (await readEvaluateRequest({ ...USUAL, full: true })).options;

    expect((organizations * actors * judgeDays) / 700).toBe(60);
  });

  it('recordings', async () => {
    const { recordings } = await readEvaluateRequest({
      ...USUAL,
      background: 'normal',
      attack: ['one', 'two'],
      alertAfter: '2025-03-10',
    });

    expect(recordings).toEqual({
      background: 'normal',
      attacks: ['one', 'two'],
      alertAfter: Date.UTC(2025, 2, 10),
    });
  });
});

it.each([
  { given: { full: true, tenth: true }, says: '--full and --tenth exclude each other' },
  { given: { attack: ['x'] }, says: '--attack needs --background' },
  { given: { alertAfter: '2025-03-10' }, says: '--alert-after goes with --background' },
  { given: { budgets: '1,x' }, says: '--budgets: "x" is not a number from 0.1 to 100' },
  { given: { half: 'both' }, says: '--half: "both" is none of tuning, test' },
  { given: { stories: 'no-such' }, says: '--stories: "no-such" is none of' },
  { given: { actors: '3' }, says: '--actors: "3" is not a whole number from 10' },
  { given: { json: '/no/such/folder/x.json' }, says: '--json: /no/such/folder/x.json cannot be written' },
])('refuses $given', async ({ given, says }) => {
  await expect(readEvaluateRequest({ ...USUAL, ...given })).rejects.toThrow(says);
});

it('single figures are shown at the middle budget', () => {
  expect([[1], [1, 3], [10, 1, 3]].map(middleOf)).toEqual([1, 1, 3]);
});
