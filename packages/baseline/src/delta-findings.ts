import { type FindingEvent, type FindingSeverity, preferredActor } from '@portcullis/event';
import type { ActivityDelta } from './activity-delta.ts';

/** Sorts of findings kept of one actor and hour. */
const MAX_FINDINGS = 32;

const RANKS: Readonly<Record<FindingSeverity, number>> = { informational: 0, low: 1, medium: 2, high: 3, critical: 4 };

/**
 * Adds what a security service found to the hour it was told in. Changes the delta in place.
 *
 * It is no activity: it moves no count, and nothing is learned from it.
 */
export function observeFinding(delta: ActivityDelta, finding: FindingEvent): void {
  delta.findings = worstOfEach([...delta.findings, finding]);
}

/**
 * The worst telling of each sort of finding, the worst sorts first; so that a finding, its updates and its copies in other services are
 * one, and no order of arrival shows.
 */
export function worstOfEach(findings: readonly FindingEvent[]): readonly FindingEvent[] {
  const worst = new Map<string, FindingEvent>();
  for (const finding of findings) {
    const key = findingKey(finding);
    const known = worst.get(key);
    if (known === undefined || compare(finding, known) < 0) worst.set(key, finding);
  }
  return [...worst.values()].sort(compare).slice(0, MAX_FINDINGS);
}

/** What is one thing to count: a type of the product, about one actor. */
export function findingKey({ product, type }: Pick<FindingEvent, 'product' | 'type'>): string {
  return product === 'GuardDuty' ? type : `${product}: ${type}`;
}

/** Who a delta is about once another has joined it: activity shows more of an actor than a finding does. */
export function joinedActor(into: ActivityDelta, from: ActivityDelta): ActivityDelta['actor'] {
  if (from.events === 0) return into.actor;
  return into.events === 0 ? from.actor : preferredActor(into.actor, from.actor);
}

function compare(a: FindingEvent, b: FindingEvent): number {
  return (
    RANKS[b.severity] - RANKS[a.severity] || a.time - b.time || compareText(a.id, b.id) || compareText(a.type, b.type)
  );
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
