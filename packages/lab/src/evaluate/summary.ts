import { type AblationSummary, ablationSummaries } from './ablation-summary.ts';
import { added, type BudgetSummary, budgetSummary } from './budget-summary.ts';
import { type CalibrationLevel, calibration } from './calibration.ts';
import type { OrganizationFigures } from './figures.ts';
import { type RuleSummary, ruleSummaries } from './rule-summary.ts';

/** What an evaluation says, all organizations together. */
export interface EvaluationSummary {
  readonly organizations: number;
  readonly attacks: number;
  readonly records: number;
  readonly hundredActorWeeks: number;
  readonly hundredActorWeeksByGroup: Readonly<Record<string, number>>;
  readonly unplaced: number;
  readonly budgets: readonly BudgetSummary[];
  readonly rules: readonly RuleSummary[];
  readonly ablations: readonly AblationSummary[];
  readonly calibration: readonly CalibrationLevel[];
}

/** Pools the organizations. Each attack and each hundred actor-weeks counts the same, whichever organization it is of. */
export function summarize(organizations: readonly OrganizationFigures[]): EvaluationSummary {
  const sum = (of: (figures: OrganizationFigures) => number) =>
    organizations.reduce((total, figures) => total + of(figures), 0);
  const budgets = organizations[0]?.budgets.map(({ budget }) => budget) ?? [];
  const summaries = budgets.map((budget) => budgetSummary(organizations, budget));
  return {
    organizations: organizations.length,
    attacks: sum(({ attacks }) => attacks.length),
    records: sum(({ records }) => records),
    hundredActorWeeks: sum(({ exposure }) => exposure.hundredActorWeeks),
    hundredActorWeeksByGroup: added(organizations.map(({ exposure }) => exposure.byGroup)),
    unplaced: sum(({ unplaced }) => unplaced.length),
    budgets: summaries,
    rules: ruleSummaries(organizations, summaries),
    ablations: ablationSummaries(organizations),
    calibration: calibration(organizations),
  };
}
