import { HOUR_MS, MINUTE_MS } from '@portcullis/event';
import { expect, it } from 'vitest';
import { MONDAY } from '../../../../test/builders.ts';
import type { Lane, LaneProgress } from './ports.ts';
import { watermarkOf } from './watermark.ts';

function aLane(lane: Lane, eventMinute: number, arrivedMinute: number): LaneProgress {
  const [eventTime, arrivedAt] = [MONDAY + eventMinute * MINUTE_MS, MONDAY + arrivedMinute * MINUTE_MS];
  return { lane, account: '123456789012', region: 'eu-west-1', eventTime, arrivedAt };
}

it.each([
  { lanes: [aLane('s3', 50, 55), aLane('function-logs', 58, 58)], at: 50, why: 'quicker logs move nothing on' },
  { lanes: [aLane('s3', 50, 55), aLane('flow-logs', 30, 55)], at: 30, why: 'those known to be behind are waited for' },
  { lanes: [aLane('s3', 50, 55), aLane('api-logs', 20, 21)], at: 50, why: 'those that are quiet are not' },
  { lanes: [aLane('function-logs', 58, 58)], at: 58, why: 'alone they are all there is' },
  { lanes: [aLane('event', 59, 59), aLane('stream', 40, 50)], at: 40, why: 'single events move nothing on either' },
])('$why', ({ lanes, at }) => {
  const settings = { latenessMs: 15 * MINUTE_MS, holdMs: 2 * HOUR_MS };
  expect(watermarkOf(lanes, MONDAY + HOUR_MS, settings).at).toBe(MONDAY + at * MINUTE_MS);
});
