/**
 * How far normal operation takes the risk: the rate of episodes that reach it, falling exponentially.
 *
 * Rates are episodes per 100 active actors per week.
 */
export interface NormalTail {
  /** Risk that normal episodes reach once per 100 active actors and week. */
  readonly riskAtOnePerWeek: number;
  /** Fall of the rate's logarithm per unit of risk. */
  readonly steepness: number;
  /** Hundred-actor-weeks behind it. What was never seen in them happens less than three times in as many. */
  readonly hundredActorWeeks: number;
}

/** What a deployment has seen of its own normal episodes. */
export interface SeenEpisodes {
  readonly hundredActorWeeks: number;
  /** Episodes that ended between the reference risk and the alert threshold, without an alert. */
  readonly episodes: number;
}

/**
 * What simulated organizations show in benign weeks, and what a deployment begins with. Measured by
 * `packages/lab/scripts/measure-priors.ts`; the risk lies above the measured one, since ordinary weeks hold
 * less rare privileged work than the year does.
 */
export const SHIPPED_TAIL: NormalTail = { riskAtOnePerWeek: 23.7, steepness: 0.18, hundredActorWeeks: 30 };

/** Risk from which on normal episodes are counted: low enough to see many, high enough to be of the tail. */
export const REFERENCE_RISK = 10;

/** However quiet or busy a deployment seems, its own data move the rate by no more than this. */
const MAX_FACTOR = 4;

export function normalRate(risk: number, { riskAtOnePerWeek, steepness }: NormalTail): number {
  return Math.exp(-(risk - riskAtOnePerWeek) * steepness);
}

/** Risk that normal episodes reach at this rate. */
export function riskAtRate(rate: number, { riskAtOnePerWeek, steepness }: NormalTail): number {
  return riskAtOnePerWeek - Math.log(rate) / steepness;
}

/**
 * The shipped tail moved to where a deployment's own episodes lie.
 *
 * Only episodes below the threshold are counted, against how many the shipped tail expects there: an unverified
 * severe episode cannot raise the threshold, and the shipped figures weigh like their hundred-actor-weeks, so
 * that a few quiet weeks do not lower it much either. One standard error is added: rare work has not happened yet
 * in ordinary weeks.
 *
 * @param budget - rate of episodes that are told, and therefore not counted
 */
export function localTail({ hundredActorWeeks, episodes }: SeenEpisodes, budget: number): NormalTail {
  const perWeek = normalRate(REFERENCE_RISK, SHIPPED_TAIL) - budget;
  if (hundredActorWeeks <= 0 || perWeek <= 0) return SHIPPED_TAIL;
  const behind = SHIPPED_TAIL.hundredActorWeeks + hundredActorWeeks;
  const seen = SHIPPED_TAIL.hundredActorWeeks * perWeek + episodes + Math.sqrt(episodes);
  const factor = Math.min(MAX_FACTOR, Math.max(1 / MAX_FACTOR, seen / (behind * perWeek)));
  return {
    ...SHIPPED_TAIL,
    riskAtOnePerWeek: SHIPPED_TAIL.riskAtOnePerWeek + Math.log(factor) / SHIPPED_TAIL.steepness,
    hundredActorWeeks: behind,
  };
}
