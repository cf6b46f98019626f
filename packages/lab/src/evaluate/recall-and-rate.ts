import { type Interval, poissonInterval, wilsonInterval } from './interval.ts';

/** Found of tried, with a 95 % interval. */
export interface Recall {
  readonly found: number;
  readonly tried: number;
  readonly share: number;
  readonly interval: Interval;
}

/** False alerts per 100 active actors per week, with a 95 % interval. */
export interface Rate {
  readonly count: number;
  readonly hundredActorWeeks: number;
  readonly perWeek: number;
  readonly interval: Interval;
}

export function recall(found: number, tried: number): Recall {
  return { found, tried, share: tried === 0 ? 0 : found / tried, interval: wilsonInterval(found, tried) };
}

/** Nothing can be said about a rate where nobody was active: 0, up to any height. */
export function rate(count: number, hundredActorWeeks: number): Rate {
  if (hundredActorWeeks === 0) {
    return { count, hundredActorWeeks, perWeek: 0, interval: { low: 0, high: Number.MAX_VALUE } };
  }
  const { low, high } = poissonInterval(count);
  return {
    count,
    hundredActorWeeks,
    perWeek: count / hundredActorWeeks,
    interval: { low: low / hundredActorWeeks, high: high / hundredActorWeeks },
  };
}
