import type { BudgetSummary, EvaluationSummary, Manner, OrganizationFigures } from '@portcullis/lab';
import { falseAlertSection, missedSection } from './evaluation-logs.ts';
import { changeText, countText, durationText, rateText, shareText } from './figure-text.ts';

/** A table with what has to be known to read it. Text and page are made of the same ones. */
export interface Section {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

export interface SectionOptions {
  /** With every false alert and every attack missed. */
  readonly verbose: boolean;
  /** Budget at which single figures are shown. */
  readonly budget: number;
  /** What the figures were pooled over. */
  readonly unit: string;
}

const MANNERS: readonly Manner[] = ['loud', 'medium', 'quiet', 'foreign', 'own'];

/** An evaluation as tables, the most important first. */
export function evaluationSections(
  summary: EvaluationSummary,
  organizations: readonly OrganizationFigures[],
  { verbose, budget, unit }: SectionOptions,
): readonly Section[] {
  const shown = summary.budgets.find((other) => other.budget === budget) ?? summary.budgets[0];
  const manners = MANNERS.filter((manner) =>
    organizations.some(({ attacks }) => attacks.some((a) => a.manner === manner)),
  );
  return [
    foundSection(summary, manners, unit),
    alertSection(summary),
    ruleSection(summary, manners),
    ...(shown === undefined ? [] : [storySection(shown, manners), groupSection(shown, summary)]),
    ...(summary.ablations.length === 0 ? [] : [ablationSection(summary, manners)]),
    calibrationSection(summary),
    ...(verbose ? [falseAlertSection(organizations, budget), missedSection(organizations, budget)] : []),
  ];
}

function foundSection(summary: EvaluationSummary, manners: readonly Manner[], unit: string): Section {
  const { organizations, attacks, records, hundredActorWeeks, unplaced } = summary;
  return {
    title: 'Found, and cried wolf',
    head: [
      'budget',
      'false alerts per 100 actors a week',
      'per 100 baselines',
      ...manners,
      'all',
      'by event ids alone',
    ],
    rows: summary.budgets.map(({ budget, falseAlerts, falseAlertsPerBaselines, byManner, all, strict }) => [
      String(budget),
      rateText(falseAlerts),
      falseAlertsPerBaselines.perWeek.toFixed(2),
      ...manners.map((manner) => (byManner[manner] === undefined ? '–' : shareText(byManner[manner]))),
      countText(all),
      countText(strict),
    ]),
    notes: [
      `${organizations} ${unit}${organizations === 1 ? '' : 's'}, ${records.toLocaleString('en-US')} records judged, ${hundredActorWeeks.toFixed(1)} hundred-actor-weeks, ` +
        `${attacks} attacks${unplaced > 0 ? `; for ${unplaced} more nobody was left to attack` : ''}.`,
      'In brackets 95 % intervals: of shares by Wilson, of rates exact (Poisson). A false alert is an episode told of in the run without attacks. ' +
        'The product keeps a baseline per account and role, so it has more of them than there are actors.',
      'An attack is found if an alert lists one of its events, or is told for a count of an hour in which it acted.',
    ],
  };
}

function alertSection(summary: EvaluationSummary): Section {
  return {
    title: 'What the alerts are like',
    head: [
      'budget',
      'time to detect (quartiles)',
      'events until then',
      'on top of its week',
      'true among told',
      'told before it began',
      'collateral',
      'look-alikes told',
    ],
    rows: summary.budgets.map(({ budget, minutes, eventsUntil, onTop, precision, overlapped, collateral, twins }) => [
      String(budget),
      minutes === undefined ? '–' : [minutes.lower, minutes.median, minutes.upper].map(durationText).join(' · '),
      eventsUntil === undefined ? '–' : `${eventsUntil.lower} · ${eventsUntil.median} · ${eventsUntil.upper}`,
      countText(onTop),
      countText(precision),
      countText(overlapped),
      String(collateral),
      countText(twins),
    ]),
    notes: [
      'Time runs from the first event to the end of the hour that was told of; a live consumer tells earlier.',
      'True among told depends on how many attacks were played. Collateral: episodes of others that only the runs with attacks have.',
    ],
  };
}

function ruleSection(summary: EvaluationSummary, manners: readonly Manner[]): Section {
  const budgets = summary.budgets.map(({ budget }) => budget);
  return {
    title: 'Plain rules on the same data',
    head: [
      'rule',
      'false alerts per 100 actors a week',
      ...manners,
      'all',
      'our false alerts at its recall',
      'our recall at its false alerts',
      ...budgets.map((budget) => `its recall at our false alerts, budget ${budget}`),
    ],
    rows: summary.rules.map((rule) => [
      rule.title,
      rateText(rule.falseAlerts),
      ...manners.map((manner) => countText(rule.byManner[manner])),
      countText(rule.all),
      rule.oursAtItsRecall === undefined ? 'never' : rateText(rule.oursAtItsRecall),
      countText(rule.oursAtItsFalseAlerts),
      ...rule.atOurFalseAlerts.map(({ recall }) => countText(recall)),
    ]),
    notes: [
      'One alert per actor and day. Comparisons move the threshold of the one or the other until they are equal.',
    ],
  };
}

function storySection({ budget, byStory }: BudgetSummary, manners: readonly Manner[]): Section {
  return {
    title: `By story, at budget ${budget}`,
    head: ['story', ...manners, 'all'],
    rows: Object.entries(byStory).map(([story, recalls]) => [
      story,
      ...manners.map((manner) => countText(recalls[manner])),
      recalls.all === undefined ? '–' : shareText(recalls.all),
    ]),
    notes: [],
  };
}

function groupSection({ budget, byGroup, falseAlertsByGroup }: BudgetSummary, summary: EvaluationSummary): Section {
  const groups = [...new Set([...Object.keys(falseAlertsByGroup), ...Object.keys(byGroup)])].sort();
  return {
    title: `By sort of actor, at budget ${budget}`,
    head: ['actors', 'hundred-actor-weeks', 'false alerts', 'per 100 of them a week', 'attacks on them found'],
    rows: groups.map((group) => {
      const rate = falseAlertsByGroup[group];
      return [
        group,
        (summary.hundredActorWeeksByGroup[group] ?? 0).toFixed(1),
        String(rate?.count ?? 0),
        rate === undefined ? '–' : rateText(rate),
        countText(byGroup[group]),
      ];
    }),
    notes: [
      'Periodic actors work on few days of a month, ephemeral ones exist for days; both are counted apart from their kind.',
    ],
  };
}

function ablationSection({ ablations }: EvaluationSummary, manners: readonly Manner[]): Section {
  return {
    title: `Without one detector, at budget ${ablations[0]?.budget}`,
    head: ['detector', 'false alerts', ...manners, 'all'],
    rows: ablations.map(({ detector, falseAlertsChange, recallChangeByManner, recallChange }) => [
      detector,
      falseAlertsChange > 0 ? `+${falseAlertsChange}` : String(falseAlertsChange),
      ...manners.map((manner) => changeText(recallChangeByManner[manner] ?? 0)),
      changeText(recallChange),
    ]),
    notes: [
      'Changes when it is in shadow. A detector that is worth something loses recall here, or adds false alerts.',
    ],
  };
}

function calibrationSection({ calibration }: EvaluationSummary): Section {
  return {
    title: 'How true the claims are',
    head: ['claimed a week at most', 'expected by claim', 'observed', '95 %'],
    rows: calibration.map(({ claimedPerWeek, expected, observed, interval: { low, high } }) => [
      String(claimedPerWeek),
      expected.toFixed(1),
      String(observed),
      `${low.toFixed(1)} to ${high.toFixed(1)}`,
    ]),
    notes: [
      'Episodes of normal operation whose alert claims to be as rare as this or rarer, and how many there should be.',
    ],
  };
}
