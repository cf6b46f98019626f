import { parseDecisions } from '@portcullis/contract';
import { DAY_MS } from '@portcullis/event';
import { expect, it } from 'vitest';
import { declaredWork } from './declared-work.ts';
import { smallOrganization } from './testing/small-organization.ts';

it('is a decisions file', () => {
  const { planned } = smallOrganization({ days: 9, oddDays: [4] });
  const later = planned.map((work) => ({ ...work, id: 'CHG-0', from: work.from + DAY_MS + 0.5, to: work.to + DAY_MS }));

  const declared = declaredWork({ planned: [...later, ...planned] });
  const lines = declared.map((work) => JSON.stringify(work)).join('\n');

  expect(parseDecisions(lines, 'declared-work.ndjson')).toEqual(declared);
  expect(declared.map(({ id, at, from }) => ({ id, at, from }))).toEqual([
    { id: 'CHG-1', at: '2026-03-05T00:00:00Z', from: '2026-03-06T00:00:00Z' },
    { id: 'CHG-0', at: '2026-03-06T00:00:00Z', from: '2026-03-07T00:00:00Z' },
  ]);
});
