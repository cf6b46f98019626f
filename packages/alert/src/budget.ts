import { type NormalTail, normalRate, riskAtRate, SHIPPED_TAIL } from './normal-tail.ts';

/** The figures are believed within this factor either way. */
const DOUBT_FACTOR = 3;

/** Beyond this rate the tail is not taken for exponential: nothing lower alerts on its own. */
const MAX_MEASURED_RATE = 3;

/** A small deployment may still be told something: at least one episode in four weeks. */
const FLOOR_PER_WEEK = 0.25;

export interface ExpectedPerWeek {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Normal episodes a week that reach this risk in a deployment of so many active actors.
 *
 * Below the resolution of the data `low` is 0 and `high` what can be said at most (rule of three, 95 %).
 */
export function expectedPerWeek(risk: number, activeActors: number, tail: NormalTail = SHIPPED_TAIL): ExpectedPerWeek {
  const hundreds = Math.max(1, activeActors) / 100;
  const value = normalRate(risk, tail) * hundreds;
  const resolution = (3 / tail.hundredActorWeeks) * hundreds;
  if (value * DOUBT_FACTOR < resolution) return { value: significant(value), low: 0, high: significant(resolution) };
  return { value: significant(value), low: significant(value / DOUBT_FACTOR), high: significant(value * DOUBT_FACTOR) };
}

/**
 * Risk from which an episode is an alert: where normal operation reaches it as often as the budget allows.
 *
 * @param budget - accepted false alerts per 100 active actors per week
 */
export function alertThreshold(budget: number, activeActors: number, tail: NormalTail = SHIPPED_TAIL): number {
  const floor = Math.min(MAX_MEASURED_RATE, FLOOR_PER_WEEK / (Math.max(1, activeActors) / 100));
  return riskAtRate(Math.max(budget, floor), tail);
}

/**
 * Score from 0 to 100: 50 where normal operation of 100 actors gets once a week, 12.5 more for each
 * tenth of that. Monotone in risk; by the shipped tail, so that scores of deployments compare.
 */
export function scoreOf(risk: number): number {
  return Math.min(100, Math.max(0, Math.round(50 - 12.5 * Math.log10(normalRate(risk, SHIPPED_TAIL)))));
}

function significant(value: number): number {
  return Number(value.toPrecision(2));
}
