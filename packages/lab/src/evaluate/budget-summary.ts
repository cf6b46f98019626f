import type { AttackResult, BudgetFigures, Manner, OrganizationFigures, PlayedAttack } from './figures.ts';
import { isFound, recallOf } from './found.ts';
import { type Rate, type Recall, rate, recall } from './recall-and-rate.ts';

/** The product at one budget, all organizations together. */
export interface BudgetSummary {
  readonly budget: number;
  readonly all: Recall;
  readonly byManner: Readonly<Partial<Record<Manner, Recall>>>;
  /** By story, then by manner. */
  readonly byStory: Readonly<Record<string, Readonly<Partial<Record<Manner | 'all', Recall>>>>>;
  readonly byGroup: Readonly<Record<string, Recall>>;
  /** Only what lists an event of the attack; the same as `all` where counts find nothing on their own. */
  readonly strict: Recall;
  readonly falseAlerts: Rate;
  /** Per 100 actors as the product counts them. */
  readonly falseAlertsPerBaselines: Rate;
  readonly falseAlertsByGroup: Readonly<Record<string, Rate>>;
  /** Of the episodes told in runs with attacks, those about one; depends on how many attacks there are. */
  readonly precision: Recall;
  /** Attacks whose actor's episode had been told before they began. */
  readonly overlapped: Recall;
  readonly collateral: number;
  /** Benign look-alikes told, of those played. */
  readonly twins: Recall;
  /** Of the attacks found: quartiles. */
  readonly minutes: Quartiles | undefined;
  readonly eventsUntil: Quartiles | undefined;
  /** Of the attacks found, those at the top of their week, above all its false alerts. */
  readonly onTop: Recall;
}

interface Quartiles {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

/** Pools what one budget came to. */
export function budgetSummary(organizations: readonly OrganizationFigures[], budget: number): BudgetSummary {
  const figures = organizations.flatMap(({ budgets }) => budgets.filter((other) => other.budget === budget));
  const played = new Map(organizations.flatMap(({ attacks }) => attacks.map((attack) => [attack.id, attack])));
  const results = figures.flatMap(({ attacks }) => attacks);
  const hit = results.filter(isFound);
  const by = <Key extends string>(key: (attack: PlayedAttack) => Key) =>
    grouped(results, ({ id }) => {
      const attack = played.get(id);
      return attack && key(attack);
    });
  const exposure = added(organizations.map((organization) => organization.exposure.byGroup));
  const falseAlerts = figures.flatMap((figure) => figure.falseAlerts);
  const groups = [...new Set([...Object.keys(exposure), ...falseAlerts.map(({ group }) => group)])].sort();
  const told = (of: (figure: BudgetFigures) => number) => figures.reduce((total, figure) => total + of(figure), 0);
  return {
    budget,
    all: recallOf(results),
    byManner: by(({ manner }) => manner),
    byStory: byStory(results, played),
    byGroup: by(({ group }) => group),
    strict: recall(results.filter(({ strict }) => strict).length, results.length),
    falseAlerts: rate(
      falseAlerts.length,
      organizations.reduce((total, o) => total + o.exposure.hundredActorWeeks, 0),
    ),
    falseAlertsPerBaselines: rate(
      falseAlerts.length,
      organizations.reduce((total, o) => total + o.exposure.hundredBaselineWeeks, 0),
    ),
    falseAlertsByGroup: Object.fromEntries(
      groups.map((group) => [
        group,
        rate(falseAlerts.filter((alert) => alert.group === group).length, exposure[group] ?? 0),
      ]),
    ),
    precision: recall(
      told(({ toldAmongAttacks }) => toldAmongAttacks.true),
      told(({ toldAmongAttacks }) => toldAmongAttacks.episodes),
    ),
    overlapped: recall(results.filter(({ overlapped }) => overlapped).length, results.length),
    collateral: told(({ collateral }) => collateral.length),
    twins: recallOf(figures.flatMap(({ twins }) => twins)),
    minutes: quartiles(hit.map(({ minutes }) => minutes)),
    eventsUntil: quartiles(hit.map(({ eventsUntil }) => eventsUntil)),
    onTop: recall(hit.filter(({ rank }) => rank === 1).length, hit.length),
  };
}

function byStory(results: readonly AttackResult[], played: ReadonlyMap<string, PlayedAttack>) {
  const stories = Map.groupBy(results, ({ id }) => played.get(id)?.story ?? '');
  return Object.fromEntries(
    [...stories]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([story, own]): [string, BudgetSummary['byStory'][string]] => [
        story,
        { all: recallOf(own), ...grouped(own, ({ id }) => played.get(id)?.manner) },
      ]),
  );
}

function grouped<Key extends string>(
  results: readonly AttackResult[],
  key: (result: AttackResult) => Key | undefined,
): Record<Key, Recall> {
  const groups: Partial<Record<Key, AttackResult[]>> = Object.groupBy(results, (result) => key(result) ?? ('' as Key));
  const entries = Object.entries<AttackResult[] | undefined>(groups).map(([name, own = []]) => [name, recallOf(own)]);
  return Object.fromEntries(entries);
}

function quartiles(values: readonly (number | undefined)[]): Quartiles | undefined {
  const ascending = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  if (ascending.length === 0) return undefined;
  const quantile = (share: number) =>
    ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? 0;
  return { lower: quantile(0.25), median: quantile(0.5), upper: quantile(0.75) };
}

/** Sums by key. */
export function added(records: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const record of records) {
    for (const [key, value] of Object.entries(record)) total[key] = (total[key] ?? 0) + value;
  }
  return total;
}
