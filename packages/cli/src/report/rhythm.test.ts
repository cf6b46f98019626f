import { HOUR_MS } from '@portcullis/event';
import { expect, it } from 'vitest';
import { MONDAY } from '../testing/a-report.ts';
import { rhythmPicture } from './rhythm.ts';

/** Cells of one shade, by its class. */
const cells = (markup: string, shade: string) =>
  new RegExp(`class="${shade}" d="([^"]*)"`).exec(markup)?.[1]?.match(/M/g)?.length ?? 0;

it('draws each hour of the week once, darker for more, and says it in words', () => {
  const rhythm = new Uint32Array(168);
  rhythm.set([1, 10, 1000], 24 + 9);

  const { markup } = rhythmPicture(rhythm, MONDAY + 3 * HOUR_MS, MONDAY + 24 * HOUR_MS);

  expect(['heat-0', 'heat-1', 'heat-2', 'heat-3', 'heat-4'].map((shade) => cells(markup, shade))).toEqual([
    165, 1, 1, 0, 1,
  ]);
  expect(cells(markup, 'heat-alert')).toBe(2);
  expect(markup).toContain(
    'Active in 3 of 168 hours of the week, most on Tue 11:00; this episode began on Mon 03:00, UTC',
  );
});

it('outlines one hour when all happened in it, and draws nothing of an actor that did nothing', () => {
  const rhythm = new Uint32Array(168).fill(1);

  expect(cells(rhythmPicture(rhythm, MONDAY, MONDAY + 60_000).markup, 'heat-alert')).toBe(1);
  expect(rhythmPicture(new Uint32Array(168), MONDAY, MONDAY).markup).toBe('');
});
