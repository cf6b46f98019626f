import { expect, it } from 'vitest';
import { aNetwork, anAction, anActivityEvent } from '../../../../test/builders.ts';
import { keptAsEvidence } from './kept-evidence.ts';

const change = { action: { ...anAction('iam:CreateUser'), effect: 'changes' } as const };
const read = { action: { ...anAction('s3:GetObject'), effect: 'reads-data' } as const };

it('keeps every change, and of the rest the first of each kind', () => {
  const events = [
    anActivityEvent({ ...change, id: 'c1' }),
    anActivityEvent({ ...change, id: 'c2' }),
    anActivityEvent({ ...read, id: 'r1' }),
    anActivityEvent({ ...read, id: 'r2' }),
    anActivityEvent({ ...read, id: 'denied', outcome: 'denied' }),
    anActivityEvent({ ...read, id: 'elsewhere', network: aNetwork('203.0.113.0/24') }),
    anActivityEvent({ ...read, id: 'other', resources: ['arn:aws:s3:::b'] }),
    anActivityEvent({ ...read, id: 'session', sessionName: 'x' }),
    anActivityEvent({ ...change, id: 'refused', outcome: 'denied' }),
    anActivityEvent({ ...change, id: 'refused again', outcome: 'denied' }),
  ];

  expect(keptAsEvidence(events, new Set()).map(({ id }) => id)).toEqual([
    'c1',
    'c2',
    'r1',
    'denied',
    'elsewhere',
    'other',
    'session',
    'refused',
  ]);
});

it('knows from one batch to the next what it kept, within bounds', () => {
  const known = new Set<string>();

  expect(keptAsEvidence([anActivityEvent(read)], known)).toHaveLength(1);
  expect(keptAsEvidence([anActivityEvent(read)], known)).toHaveLength(0);
  keptAsEvidence(
    Array.from({ length: 10_000 }, (_, index) => anActivityEvent({ ...read, resources: [String(index)] })),
    known,
  );
  expect(known.size).toBeLessThanOrEqual(4096);
});
