import { isoTime } from '@portcullis/event';
import type { FalseAlert, OrganizationFigures } from '@portcullis/lab';
import type { Section } from './evaluation-sections.ts';

/** Pieces of evidence shown per line. */
const MAX_EVIDENCE = 4;

/** Every false alert of one budget, highest risk first: what to look at when something is tuned. */
export function falseAlertSection(organizations: readonly OrganizationFigures[], budget: number): Section {
  const alerts = organizations
    .flatMap(({ seed, budgets }) =>
      budgets
        .filter((other) => other.budget === budget)
        .flatMap((figures) => figures.falseAlerts.map((alert) => ({ seed, alert }))),
    )
    .sort((a, b) => b.alert.risk - a.alert.risk);
  return {
    title: `False alerts, at budget ${budget}`,
    head: ['seed', 'at', 'actor', 'risk', 'title', 'evidence', 'going on'],
    rows: alerts.map(({ seed, alert }) => [
      String(seed),
      isoTime(alert.at),
      `${alert.actor} (${alert.group})`,
      alert.risk.toFixed(1),
      alert.title,
      evidenceText(alert.evidence),
      alert.goingOn.join(', '),
    ]),
    notes: [],
  };
}

/** Every attack missed at one budget, nearest miss first, with the best that was said of it. */
export function missedSection(organizations: readonly OrganizationFigures[], budget: number): Section {
  const missed = organizations
    .flatMap(({ attacks, budgets }) => {
      const results = budgets.filter((other) => other.budget === budget).flatMap((figures) => figures.attacks);
      const ids = new Set(results.filter(({ found }) => found === 'missed').map(({ id }) => id));
      return attacks.filter(({ id }) => ids.has(id));
    })
    .sort((a, b) => (b.best?.risk ?? 0) - (a.best?.risk ?? 0));
  return {
    title: `Attacks missed, at budget ${budget}`,
    head: ['attack', 'victim', 'events', 'best risk', 'evidence'],
    rows: missed.map(({ id, victim, group, events, best }) => [
      id,
      `${victim} (${group})`,
      String(events),
      best === undefined ? 'none' : best.risk.toFixed(1),
      best === undefined ? '' : evidenceText(best.evidence),
    ]),
    notes: ['Best risk: of an alert about it if nearly every episode were told.'],
  };
}

function evidenceText(evidence: FalseAlert['evidence']): string {
  const shown = evidence
    .slice(0, MAX_EVIDENCE)
    .map(({ detector, contribution, observed }) => `${detector} +${contribution.toFixed(1)} ${observed}`);
  return [...shown, ...(evidence.length > MAX_EVIDENCE ? [`${evidence.length - MAX_EVIDENCE} more`] : [])].join('; ');
}
