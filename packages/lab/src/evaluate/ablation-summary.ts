import type { AttackResult, Manner, OrganizationFigures } from './figures.ts';
import { recallOf } from './found.ts';
import type { Recall } from './recall-and-rate.ts';

/** What is lost, or spared, without one detector. */
export interface AblationSummary {
  readonly detector: string;
  readonly budget: number;
  readonly falseAlerts: number;
  /** Against the same budget with all detectors. */
  readonly falseAlertsChange: number;
  readonly all: Recall;
  readonly recallChange: number;
  readonly recallChangeByManner: Readonly<Partial<Record<Manner, number>>>;
}

/** Compares each detector's runs with the full ones of the same budget. */
export function ablationSummaries(organizations: readonly OrganizationFigures[]): readonly AblationSummary[] {
  const all = organizations.flatMap(({ ablations }) => ablations);
  const mannerOf = new Map(organizations.flatMap(({ attacks }) => attacks.map(({ id, manner }) => [id, manner])));
  return [...Map.groupBy(all, ({ detector }) => detector)].map(([detector, parts]): AblationSummary => {
    const budget = parts[0]?.budget ?? 0;
    const whole = organizations.flatMap(({ budgets }) => budgets.filter((other) => other.budget === budget));
    const results = whole.flatMap(({ attacks }) => attacks);
    const found = new Set(parts.flatMap((part) => part.found));
    const falseAlerts = parts.reduce((total, part) => total + part.falseAlerts, 0);
    const without = results.map(
      (result): AttackResult => ({ ...result, found: found.has(result.id) ? 'events' : 'missed' }),
    );
    const change = (level?: Manner) => {
      const counts = ({ id }: AttackResult) => level === undefined || mannerOf.get(id) === level;
      return recallOf(without.filter(counts)).share - recallOf(results.filter(counts)).share;
    };
    return {
      detector,
      budget,
      falseAlerts,
      falseAlertsChange: falseAlerts - whole.reduce((total, { falseAlerts: own }) => total + own.length, 0),
      all: recallOf(without),
      recallChange: change(),
      recallChangeByManner: Object.fromEntries([...new Set(mannerOf.values())].map((level) => [level, change(level)])),
    };
  });
}
