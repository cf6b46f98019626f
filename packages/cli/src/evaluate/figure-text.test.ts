import { expect, it } from 'vitest';
import { changeText, countText, durationText, rateText, shareText } from './figure-text.ts';

const half = { found: 5, tried: 10, share: 0.5, interval: { low: 0.2366, high: 0.7634 } };
const rate = { count: 2, hundredActorWeeks: 4, perWeek: 0.5, interval: { low: 0.06, high: 1.81 } };

it.each([
  { text: shareText(half), is: '.50 [.24, .76] of 10' },
  { text: shareText({ ...half, share: 1, interval: { low: 0.72, high: 1 } }), is: '1 [.72, 1] of 10' },
  { text: shareText({ ...half, tried: 0 }), is: '–' },
  { text: countText(half), is: '.50 (5/10)' },
  { text: countText(undefined), is: '–' },
  { text: rateText(rate), is: '0.50 [0.06, 1.81]' },
  { text: rateText({ ...rate, hundredActorWeeks: 0, count: 0 }), is: '–' },
  { text: changeText(0.03), is: '+.030' },
  { text: changeText(-0.12), is: '−.120' },
  { text: changeText(0), is: '0' },
  { text: durationText(90), is: '90 min' },
  { text: durationText(600), is: '10.0 h' },
  { text: durationText(4320), is: '3.0 d' },
])('$is', ({ text, is }) => {
  expect(text).toBe(is);
});
