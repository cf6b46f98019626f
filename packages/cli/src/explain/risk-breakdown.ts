import type { AnomalyData, Evidence } from '@portcullis/contract';

/** What turns bits into contributions; of the run that made the alert. */
export interface Weighing {
  readonly allowanceBits: number;
  readonly familyDiscount: number;
}

/** How one piece of evidence came to what it adds: (bits − allowance) × impact × share × age. */
export interface RiskStep {
  readonly evidence: Evidence;
  /** Bits beyond the allowance. */
  readonly surprise: number;
  /** 1 for the strongest of its family, the discount for the next, its square for the one after. */
  readonly share: number;
  /** What time has left of it, 0 to 1; `undefined` where the figures cannot have come about this way. */
  readonly age: number | undefined;
}

export interface RiskBreakdown {
  readonly steps: readonly RiskStep[];
  /** Of the contributions, in tenths as they are published. */
  readonly sum: number;
  readonly addsUp: boolean;
  /** Some contribution is larger than these settings allow: the run had others. */
  readonly otherSettings: boolean;
}

/** Bits and contributions are published with one decimal. */
const ROUNDING = 0.05;
const TENTHS = 10;

/**
 * Takes a risk apart into the factors of each contribution.
 *
 * An alert tells bits, impact and contribution. The rank within a family follows from the order, and what is left over
 * is age: evidence fades between its last event and the telling.
 */
export function breakDownRisk(
  { evidence, risk }: Pick<AnomalyData, 'evidence' | 'risk'>,
  { allowanceBits, familyDiscount }: Weighing,
): RiskBreakdown {
  const ranks = new Map<string, number>();
  const strongestFirst = [...evidence].sort((a, b) => b.contribution - a.contribution);
  const steps = strongestFirst.map((item): RiskStep => {
    const surprise = Math.max(0, item.bits - allowanceBits);
    const rank = ranks.get(item.family) ?? 0;
    if (item.contribution > 0) ranks.set(item.family, rank + 1);
    const share = familyDiscount ** rank;
    const perBit = item.impact * share;
    return { evidence: item, surprise, share, age: ageOf(item, surprise * perBit, perBit) };
  });
  const sum = steps.reduce((tenths, step) => tenths + Math.round(step.evidence.contribution * TENTHS), 0);
  return {
    steps,
    sum: sum / TENTHS,
    addsUp: sum === Math.round(risk * TENTHS),
    otherSettings: steps.some(({ age }) => age === undefined),
  };
}

/** @param fresh - contribution without fading; each tenth of bits moves it by a tenth of `perBit` */
function ageOf({ contribution }: Evidence, fresh: number, perBit: number): number | undefined {
  const doubt = ROUNDING * (1 + perBit) + 1e-9;
  if (contribution > fresh + doubt) return undefined;
  if (contribution >= fresh - doubt || fresh === 0) return 1;
  return contribution / fresh;
}
