import { type Feature, mostUsual } from '@portcullis/baseline';
import type { Knowledge } from './detector.ts';

/** `81,234`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `dynamodb:GetItem 81,234 times, 6 other actions, in 41 days`. */
export function describeUsual(feature: Feature, noun: string, { own }: Knowledge): string {
  if (own === undefined) return 'nothing known yet: first seen in this hour';
  const memory = own.features[feature];
  const top = mostUsual(memory);
  const days = plural(own.lastDay - own.firstDay + 1, 'day');
  if (top === undefined) return `no ${noun} in ${days}`;
  const others = memory.values.size - 1;
  const rest = others > 0 ? `, ${others} other ${others === 1 ? noun : `${noun}s`}` : '';
  return `${top.value} ${plural(top.count, 'time')}${rest}, in ${days}`;
}

/** `1 day`, `1,204 days`. */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
