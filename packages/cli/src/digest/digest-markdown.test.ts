import type { Digest } from '@portcullis/review';
import { expect, it } from 'vitest';
import { digestMarkdown } from './digest-markdown.ts';

const EMPTY: Digest = {
  version: '1',
  from: '2026-11-16T00:00:00Z',
  to: '2026-11-23T00:00:00Z',
  happened: {
    told: 0,
    bySeverity: { LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 0 },
    confirmed: 0,
    harmless: 0,
    unanswered: 0,
    alerts: [],
  },
  learned: { actors: 3, newActors: [], goneQuiet: [], values: [] },
  habits: [],
};

const alert = {
  id: '0123456789abcdef',
  told: '2026-11-17T04:00:00.000Z',
  severity: 'HIGH',
  score: 61,
  title: 'Ana did it',
  closed: false,
  detectors: ['new-network', 'new-action'],
} as const;

it('of a quiet week says so, and leaves out what nobody looked at', () => {
  const text = digestMarkdown(EMPTY);

  expect(text).toContain('# Portcullis, 2026-11-16 to 2026-11-23');
  expect(text).toContain('No alerts.');
  expect(text).not.toMatch(/permissions|credentials|habits|What it means/);
});

it('explains the detector that weighed most, once', () => {
  const alerts = [alert, { ...alert, id: 'other' }];
  const text = digestMarkdown({ ...EMPTY, happened: { ...EMPTY.happened, told: 2, unanswered: 2, alerts } });

  expect(text.match(/\*\*new-network\*\*/g)).toHaveLength(1);
  expect(text).not.toContain('**new-action**');
  expect(text).toContain('To fix the cause: ');
  expect(text).toContain('| HIGH 61 | 2026-11-17 04:00 | Ana did it | - | 0123456789ab |');
});

it.each([
  { why: 'a link', hostile: '[pay here](https://evil.example)', never: '](http' },
  { why: 'a bare link', hostile: 'see https://evil.example/x', never: 'https://evil' },
  { why: 'an image', hostile: '![x](http://evil.example/p.png)', never: '![x](' },
  { why: 'HTML', hostile: '<img src=x onerror=alert(1)>', never: '<img' },
  { why: 'another column', hostile: 'a | b', never: 'a | b' },
  { why: 'another line', hostile: 'a\n# heading', never: '\n# heading' },
  { why: 'code', hostile: '`rm -rf`', never: ' `rm' },
])('never lets a name be $why', ({ hostile, never }) => {
  const who = { id: '1', kind: 'person', name: hostile };
  const text = digestMarkdown({
    ...EMPTY,
    happened: { ...EMPTY.happened, told: 1, unanswered: 1, alerts: [{ ...alert, title: hostile }] },
    learned: {
      actors: 1,
      newActors: [who],
      goneQuiet: [who],
      values: [{ actor: hostile, feature: 'action', value: hostile, count: 1 }],
    },
    permissions: {
      proposals: 1,
      riskRemoved: 1,
      riskBefore: 4,
      first: [{ arn: hostile, kind: 'narrow', actionsBefore: 9, actionsAfter: 1, riskRemoved: 1 }],
    },
    habits: [
      {
        detector: 'new-action',
        observed: hostile,
        alerts: 2,
        actors: 1,
        againHours: 0,
        harmless: 0,
        advice: 'answer',
      },
    ],
  });

  expect(text).not.toContain(never);
});
