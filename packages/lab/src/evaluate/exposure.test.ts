import { DAY_MS } from '@portcullis/event';
import { expect, it } from 'vitest';
import { MONDAY } from '../../../../test/builders.ts';
import { ExposureCount } from './exposure.ts';

it('counts actors once a week, a short week by its days, nobody outside of the judged time', () => {
  const count = new ExposureCount(MONDAY, MONDAY + 10.5 * DAY_MS);
  const seen = (id: string, day: number, via?: string) => ({ time: MONDAY + day * DAY_MS, actor: { id, via } });
  count.add([
    seen('amara/production', 0),
    seen('amara/production', 3),
    seen('amara/staging', 1),
    seen('orders', 8),
    seen('orders', 2),
    seen('orders/via/athena', 2, 'athena.amazonaws.com'),
    seen('early', -1),
    seen('late', 10.5),
  ]);

  const exposure = count.total(
    (actorId) => (actorId.startsWith('amara') ? 'person' : 'function'),
    (actorId) => (actorId.startsWith('amara') ? 'amara' : undefined),
  );

  expect(exposure.weeks).toBe(1.5);
  expect(exposure.byGroup).toEqual({ person: 0.01, function: expect.closeTo(0.015, 9) });
  expect(exposure.hundredActorWeeks).toBeCloseTo(0.025, 9);
  expect(exposure.hundredBaselineWeeks).toBeCloseTo(0.035, 9);
});
