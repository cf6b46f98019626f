import { expect, it } from 'vitest';
import { ConfigurationError } from './errors.ts';
import { parseSettings } from './parse-settings.ts';

const suppression = {
  id: 'exporter',
  owner: 'dana',
  reason: 'rotates its keys nightly until the move',
  created: '2026-11-01T00:00:00Z',
  expires: '2026-12-01T00:00:00Z',
  match: { actor: 'arn:aws:iam::123456789012:role/exporter' },
};
const window = {
  id: 'move',
  title: 'Move of the exporter',
  owner: 'dana',
  from: '2026-11-24T08:00:00Z',
  to: '2026-11-24T18:00:00Z',
  actors: ['dana'],
  actions: ['iam:*Role*'],
};

it('takes suppressions, change windows and teams', () => {
  const input = { suppressions: [suppression], changeWindows: [window], teams: { payments: ['payments-*'] } };

  expect(parseSettings(input, 'file')).toMatchObject({ ...input, changeWindows: [{ ...window, accounts: [] }] });
});

it.each([
  {
    value: { suppressions: [{ ...suppression, expires: '2027-11-01T00:00:00Z' }] },
    says: 'at most 90 days',
    why: 'a year',
  },
  {
    value: { suppressions: [{ ...suppression, expires: '2026-10-01T00:00:00Z' }] },
    says: 'after created',
    why: 'over',
  },
  { value: { suppressions: [{ ...suppression, owner: '' }] }, says: 'suppressions.0.owner', why: 'owned by nobody' },
  {
    value: { suppressions: [{ ...suppression, match: { actor: '*' } }] },
    says: 'suppressions.0.match.actor',
    why: 'everybody',
  },
  {
    value: { suppressions: [{ ...suppression, match: { detectr: 'x', actor: 'a' } }] },
    says: 'detectr',
    why: 'a slip',
  },
  { value: { changeWindows: [{ ...window, actions: ['*:*'] }] }, says: 'would cover everything', why: 'everything' },
  {
    value: { changeWindows: [{ ...window, to: window.from }] },
    says: 'takes a time after from',
    why: 'no time at all',
  },
  { value: { changeWindows: [{ ...window, from: 'today' }] }, says: 'takes a time in UTC', why: 'no time' },
  { value: { teams: { payments: [] } }, says: 'teams.payments', why: 'a team of nobody' },
])('refuses $value with $says ($why)', ({ value, says }) => {
  expect(() => parseSettings(value, 'file')).toThrow(ConfigurationError);
  expect(() => parseSettings(value, 'file')).toThrow(says);
});
