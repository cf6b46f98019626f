import type { DigestAlert } from './digest.ts';

/** One way of working that alerts again and again. */
export interface Habit {
  /** Detector of the weightiest evidence, and what it saw; untrusted text. */
  readonly detector: string;
  readonly observed: string;
  /** Alerts that nobody confirmed, and by how many actors. */
  readonly alerts: number;
  readonly actors: number;
  /** Hours in which the same came again and was not told again. */
  readonly againHours: number;
  /** Of the alerts, those that somebody called harmless. */
  readonly harmless: number;
  readonly advice: Advice;
}

/**
 * What would spare the alerts. `answer`: nobody said what they are. `expect`: one actor's; one answer stops it. `declare`: several actors do it,
 * mostly at no fault; say so beforehand, or for the team.
 */
type Advice = 'answer' | 'expect' | 'declare';

/** Once is no habit. */
const MIN_COST = 2;

/** What alerts most, those that cost most first: alerts, then hours in which they came again. */
export function habitsOf(alerts: readonly DigestAlert[]): readonly Habit[] {
  const groups = Map.groupBy(
    alerts.filter(({ verdict }) => verdict !== 'confirmed'),
    causeOf,
  );
  return [...groups.values()]
    .map(habit)
    .filter(({ alerts: told, againHours }) => told + Math.min(againHours, 1) >= MIN_COST)
    .sort(
      (a, b) =>
        b.alerts - a.alerts ||
        b.againHours - a.againHours ||
        (`${a.detector} ${a.observed}` < `${b.detector} ${b.observed}` ? -1 : 1),
    );
}

/** Somebody said so. */
export function isHarmless({ verdict }: Pick<DigestAlert, 'verdict'>): boolean {
  return verdict === 'dismissed' || verdict === 'expected';
}

function causeOf({ event }: DigestAlert): string {
  const [first] = event.detail.data.evidence;
  return `${first?.detector} ${first?.observed}`;
}

function habit(alerts: readonly DigestAlert[]): Habit {
  const [first] = alerts[0]?.event.detail.data.evidence ?? [];
  const actors = new Set(alerts.map(({ event }) => event.detail.data.actor.id)).size;
  const harmless = alerts.filter(isHarmless).length;
  return {
    detector: first?.detector ?? '',
    observed: first?.observed ?? '',
    alerts: alerts.length,
    actors,
    againHours: alerts.reduce((sum, { againHours }) => sum + againHours, 0),
    harmless,
    advice: harmless === 0 ? 'answer' : actors > 1 ? 'declare' : 'expect',
  };
}
