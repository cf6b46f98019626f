import { DEFAULT_SEGMENT } from '@portcullis/review';
import { expect, it } from 'vitest';
import { labNetworks } from '../record/network-owners.ts';
import { organization } from '../worlds/organization/organization.ts';
import { measureSegment } from './measure-segment.ts';

it('shuts what nobody uses, and breaks nothing that was seen', async () => {
  const seed = 7;
  const figures = await measureSegment({
    organization: organization({ seed, actors: 24, days: 5, half: 'tuning', volume: 0.02 }),
    seed,
    network: labNetworks(),
    reviewDays: 4,
    settings: { ...DEFAULT_SEGMENT, minDays: 3, minActiveDays: 2 },
  });
  const { otherPort, usedPort } = figures.unusedOpenings;
  expect(figures.proposed).toBeGreaterThan(0);
  expect(figures.observed.flows).toBeGreaterThan(100);
  expect(figures.observed.broken).toBe(0);
  expect(otherPort.taken / otherPort.of).toBeGreaterThan(0.8);
  expect(usedPort.of).toBeGreaterThan(0);
  expect(figures.later.flows).toBeGreaterThan(0);
});
