import { RULES } from '../comparators/rules.ts';
import type { BudgetSummary } from './budget-summary.ts';
import type { Manner, OrganizationFigures } from './figures.ts';
import { at, atLeastFound, atMostFalse, type OperatingPoint, pooled } from './ranking.ts';
import { type Rate, type Recall, rate, recall } from './recall-and-rate.ts';

/** A plain rule as people would set it, and the product made comparable with it. */
export interface RuleSummary {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly threshold: number;
  readonly all: Recall;
  readonly byManner: Readonly<Partial<Record<Manner, Recall>>>;
  /** Alerts per actor and day. */
  readonly falseAlerts: Rate;
  /** The product with its threshold where it finds as many; `undefined` where it never does. */
  readonly oursAtItsRecall: Rate | undefined;
  /** The product with its threshold where it cries wolf as often. */
  readonly oursAtItsFalseAlerts: Recall;
  /** The rule with its threshold where it cries wolf no more often than the product at each budget. */
  readonly atOurFalseAlerts: readonly { readonly budget: number; readonly recall: Recall }[];
  readonly sweep: readonly OperatingPoint[];
}

export function ruleSummaries(
  organizations: readonly OrganizationFigures[],
  budgets: readonly BudgetSummary[],
): readonly RuleSummary[] {
  const rankingOf = (method: string) =>
    pooled(organizations.flatMap(({ rankings }) => rankings.filter((ranking) => ranking.method === method)));
  const ours = rankingOf('portcullis');
  const exposure = organizations.reduce((total, figures) => total + figures.exposure.hundredActorWeeks, 0);
  const attacks = organizations.flatMap((figures) => figures.attacks);
  return RULES.map(({ id, title, unit, threshold, sweep }): RuleSummary => {
    const ranking = rankingOf(id);
    const usual = at(ranking, threshold);
    const matching = atLeastFound(ours, usual.found);
    return {
      id,
      title,
      unit,
      threshold,
      all: recall(usual.found, attacks.length),
      byManner: Object.fromEntries(
        [...Map.groupBy(attacks, ({ manner }) => manner)].map(([manner, own]) => [
          manner,
          recall(own.filter((attack) => (ranking.attacks[attack.id] ?? 0) >= threshold).length, own.length),
        ]),
      ),
      falseAlerts: rate(usual.falseAlerts, exposure),
      oursAtItsRecall: matching && rate(matching.falseAlerts, exposure),
      oursAtItsFalseAlerts: recall(atMostFalse(ours, usual.falseAlerts).found, attacks.length),
      atOurFalseAlerts: budgets.map(({ budget, falseAlerts }) => ({
        budget,
        recall: recall(atMostFalse(ranking, falseAlerts.count).found, attacks.length),
      })),
      sweep: sweep.map((other) => at(ranking, other)),
    };
  });
}
