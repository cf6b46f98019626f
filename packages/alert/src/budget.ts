/**
 * How far normal operation takes the risk, before a deployment has data of its own: one episode per 100
 * active actors per week reaches 11, three reach 8, and so on exponentially.
 *
 * On the benign weeks of the simulated small world (13 hundred-actor-weeks, ten seeds) .08 episodes
 * reach 8 and none 10. Ordinary weeks hold no rare privileged work, so the shipped figures
 * lie well above what they show.
 */
const RISK_AT_ONE_PER_WEEK = 11;
const RATE_PER_RISK = Math.log(3) / 3;

/**
 * Hundred-actor-weeks behind the shipped figures. What was never seen in them happens less than three
 * times in as many (rule of three, 95 %); how much less, they cannot tell.
 */
const MEASURED_WEEKS = 13;

/** The shipped figures are believed within this factor either way. */
const DOUBT_FACTOR = 3;

/** Beyond this rate the tail is not taken for exponential: nothing below risk 8 alerts on its own. */
const MAX_MEASURED_RATE = 3;

/** A small deployment may still be told something: at least one episode in four weeks. */
const FLOOR_PER_WEEK = 0.25;

export interface ExpectedPerWeek {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Normal episodes per 100 active actors per week that reach this risk. */
export function normalRate(risk: number): number {
  return Math.exp(-(risk - RISK_AT_ONE_PER_WEEK) * RATE_PER_RISK);
}

/**
 * Normal episodes a week that reach this risk in a deployment of so many active actors.
 *
 * Below the resolution of the data `low` is 0 and `high` what can be said at most.
 */
export function expectedPerWeek(risk: number, activeActors: number): ExpectedPerWeek {
  const hundreds = Math.max(1, activeActors) / 100;
  const value = normalRate(risk) * hundreds;
  const resolution = (3 / MEASURED_WEEKS) * hundreds;
  if (value * DOUBT_FACTOR < resolution) return { value: significant(value), low: 0, high: significant(resolution) };
  return { value: significant(value), low: significant(value / DOUBT_FACTOR), high: significant(value * DOUBT_FACTOR) };
}

/**
 * Risk from which an episode is an alert: where normal operation reaches it as often as the budget allows.
 *
 * @param budget - accepted false alerts per 100 active actors per week
 */
export function alertThreshold(budget: number, activeActors: number): number {
  const floor = Math.min(MAX_MEASURED_RATE, FLOOR_PER_WEEK / (Math.max(1, activeActors) / 100));
  const rate = Math.max(budget, floor);
  return RISK_AT_ONE_PER_WEEK - Math.log(rate) / RATE_PER_RISK;
}

/**
 * Score from 0 to 100: 50 where normal operation of 100 actors gets once a week, 12.5 more for each
 * tenth of that. Monotone in risk.
 */
export function scoreOf(risk: number): number {
  return Math.min(100, Math.max(0, Math.round(50 - 12.5 * Math.log10(normalRate(risk)))));
}

function significant(value: number): number {
  return Number(value.toPrecision(2));
}
