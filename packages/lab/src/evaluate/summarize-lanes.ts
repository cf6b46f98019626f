import type { AnomalyEvent } from '@portcullis/contract';
import type { EpochMs } from '@portcullis/event';
import { findsUpTo } from '../comparators/rule.ts';
import { RULES } from '../comparators/rules.ts';
import type { Organization } from '../organization.ts';
import type { AttackPlan, PlannedAttack } from './attack-plan.ts';
import { amongAttacks, attackResult, playedAttack } from './attack-results.ts';
import { creditOf } from './credit.ts';
import { falseAlerts, worstTold } from './false-alert.ts';
import type { AblationFigures, BudgetFigures, OrganizationFigures, PlayedAttack, Ranking } from './figures.ts';
import type { Judged, LanePlan } from './judge.ts';
import type { MemberActors } from './member-actors.ts';
import { AS_GIVEN, GENEROUS_BUDGET } from './settings-variants.ts';

export interface LanesToSummarize {
  readonly lanes: readonly LanePlan[];
  readonly judged: Judged;
  readonly attacks: AttackPlan;
  readonly twins: AttackPlan;
  readonly organization: Pick<Organization, 'troubles' | 'planned'>;
  readonly members: Pick<MemberActors, 'memberOf' | 'groupOf'>;
  readonly budgets: readonly number[];
  readonly ablationBudget?: number | undefined;
  /** The judged time begins. */
  readonly from: EpochMs;
}

type LaneFigures = Pick<OrganizationFigures, 'attacks' | 'twins' | 'budgets' | 'rankings' | 'ablations' | 'claims'>;

/** Turns what the lanes told into figures. */
export function summarizeLanes(given: LanesToSummarize): LaneFigures {
  const { budgets, ablationBudget, lanes } = given;
  const toldAt = (budget: number, run: string, variant = AS_GIVEN) => toldIn(given, budget, run, variant);
  const variants = new Set(lanes.map(({ variant }) => variant));
  variants.delete(AS_GIVEN);
  return {
    attacks: played(given.attacks, 'attacks', toldAt),
    twins: played(given.twins, 'twins', toldAt),
    budgets: budgets.map((budget) => budgetFigures(given, budget, toldAt)),
    rankings: [productRanking(given.attacks, toldAt), ...ruleRankings(given)],
    ablations: [...variants].map((variant) => ablation(given.attacks, variant, ablationBudget ?? 1, toldAt)),
    claims: [...worstTold(toldAt(GENEROUS_BUDGET, 'benign')).values()].map(
      ({ worst }) => worst.detail.data.expectedPerWeek.value,
    ),
  };
}

type ToldAt = (budget: number, run: string, variant?: string) => readonly AnomalyEvent[];

function toldIn({ lanes, judged }: LanesToSummarize, budget: number, runId: string, variantName: string) {
  const index = lanes.findIndex(
    ({ run, variant, settings }) =>
      run.id === runId && variant === variantName && settings.alerts.budgetPer100ActorsPerWeek === budget,
  );
  return judged.told[index] ?? [];
}

function played({ runs }: AttackPlan, kind: string, toldAt: ToldAt): readonly PlayedAttack[] {
  const benign = toldAt(GENEROUS_BUDGET, 'benign');
  return runs.flatMap((attacks, index) =>
    attacks.map((attack) => playedAttack(attack, toldAt(GENEROUS_BUDGET, `${kind}-${index}`), benign)),
  );
}

function budgetFigures(
  { attacks, twins, organization, members, from }: LanesToSummarize,
  budget: number,
  toldAt: ToldAt,
): BudgetFigures {
  const benign = toldAt(budget, 'benign');
  const results = ({ runs }: AttackPlan, kind: string) =>
    runs.flatMap((planned, index) =>
      planned.map((attack) => attackResult(attack, toldAt(budget, `${kind}-${index}`), benign, from)),
    );
  const among = attacks.runs.map((planned, index) => amongAttacks(planned, toldAt(budget, `attacks-${index}`), benign));
  return {
    budget,
    falseAlerts: falseAlerts(benign, organization, members),
    attacks: results(attacks, 'attacks'),
    twins: results(twins, 'twins'),
    toldAmongAttacks: {
      episodes: among.reduce((sum, { episodes }) => sum + episodes, 0),
      true: among.reduce((sum, run) => sum + run.true, 0),
    },
    collateral: among.flatMap(({ collateral }) => collateral),
  };
}

function productRanking(attacks: AttackPlan, toldAt: ToldAt): Ranking {
  const benign = toldAt(GENEROUS_BUDGET, 'benign');
  return {
    method: 'portcullis',
    benign: [...worstTold(benign).values()].map(({ worst }) => worst.detail.data.risk),
    attacks: byId(attacks, (attack, run) => {
      const { any } = creditOf(attack, toldAt(GENEROUS_BUDGET, `attacks-${run}`), benign);
      return any?.risk ?? 0;
    }),
  };
}

function ruleRankings({ judged, attacks }: LanesToSummarize): readonly Ranking[] {
  return RULES.map(({ id, threshold }) => {
    const daysOf = (run: string) => judged.rules.get(run)?.get(id) ?? [];
    return {
      method: id,
      benign: daysOf('benign').map(({ score }) => score),
      attacks: byId(attacks, ({ events }, run) => {
        const ids = new Set(events.map((event) => event.id));
        return Math.max(0, ...daysOf(`attacks-${run}`).map((day) => findsUpTo(day, ids, threshold)));
      }),
    };
  });
}

function ablation(attacks: AttackPlan, detector: string, budget: number, toldAt: ToldAt): AblationFigures {
  const benign = toldAt(budget, 'benign', detector);
  const found = byId(attacks, (attack, run) => {
    const { any } = creditOf(attack, toldAt(budget, `attacks-${run}`, detector), benign);
    return any === undefined ? 0 : 1;
  });
  return {
    detector,
    budget,
    falseAlerts: worstTold(benign).size,
    found: Object.entries(found)
      .filter(([, isFound]) => isFound > 0)
      .map(([id]) => id),
  };
}

function byId({ runs }: AttackPlan, score: (attack: PlannedAttack, run: number) => number): Record<string, number> {
  return Object.fromEntries(
    runs.flatMap((planned, run) => planned.map((attack) => [attack.id, score(attack, run)] as const)),
  );
}
