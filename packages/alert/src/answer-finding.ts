import { type Actor, type EpochMs, isoTime } from '@portcullis/event';
import type { Finding } from '@portcullis/score';
import { harmOf } from './episode.ts';
import { isNeverSilenced } from './never-silenced.ts';
import type { Answer, AnswerScope, ToldAlert, ToldValue } from './told-alert.ts';
import { matchesActor } from './wildcard.ts';

/** From here on an unanswered value is not learned: writing, reading data, taking on another identity. */
const HARMFUL_IMPACT = 0.9;

/** More harm than was answered for: from one class of impact to one well above. */
const IMPACT_GROWTH = 1.2;

/** More of the same than was answered for. Counts are sharp; single values are used by ones and twos. */
const COUNT_GROWTH = 1.5;
/** Bits: an eighth as often. Windows of a day or a week fill up at a steady rate. */
const RARITY_GROWTH = 3;
const USE_GROWTH = 3;
const USE_SLACK = 10;

/** What people and earlier alerts have to say about what an actor does. */
export interface Standing {
  readonly actor: Actor;
  /** Episode that is open now, if any. */
  readonly openId: string | undefined;
  /** Alerts of this actor, latest first. */
  readonly own: readonly ToldAlert[];
  /** Alerts of others whose answer may hold for this actor. */
  readonly scoped: readonly ToldAlert[];
  readonly teams: Readonly<Record<string, readonly string[]>>;
  readonly at: EpochMs;
}

/**
 * `counts`: nothing stands against it. `noted`: answered or told before, so it is shown without counting.
 * `again`: told in this very episode; there is nothing new to show.
 */
export type Standpoint =
  | { readonly kind: 'counts' }
  | { readonly kind: 'noted'; readonly note: string; readonly alert: ToldAlert }
  | { readonly kind: 'again'; readonly alert: ToldAlert };

const COUNTS: Standpoint = { kind: 'counts' };

/**
 * Says whether a finding was answered, or told and not answered yet.
 *
 * Only the same value found by the same detector is, and no more of it than then: an answer
 * about one thing hides nothing else that the actor does.
 */
export function standpointOf(finding: Finding, standing: Standing): Standpoint {
  const { actor, own, scoped, teams, at } = standing;
  if (isNeverSilenced(finding, actor)) return COUNTS;
  let unanswered: ToldAlert | undefined;
  for (const alert of own) {
    const known = valueIn(alert, finding);
    if (known === undefined) continue;
    const { answer } = alert;
    if (answer === undefined) {
      if (known.impact >= HARMFUL_IMPACT && !grew(known, finding)) unanswered ??= alert;
      continue;
    }
    // An attack stays one, however often it was told since
    if (answer.verdict === 'confirmed' || answer.verdict === 'reopened') return COUNTS;
    if (isInForce(answer, at) && !grew(known, finding)) return { kind: 'noted', note: answerNote(answer), alert };
  }
  if (unanswered !== undefined) {
    if (unanswered.id === standing.openId) {
      // A count that goes on is the same burst getting worse; it joins and raises what is there
      return finding.family === 'how-much' ? COUNTS : { kind: 'again', alert: unanswered };
    }
    return { kind: 'noted', note: `told on ${day(unanswered.told)} and not answered yet`, alert: unanswered };
  }
  for (const alert of scoped) {
    const { answer } = alert;
    if (alert.actor.id === actor.id || answer === undefined || !isInForce(answer, at)) continue;
    const known = valueIn(alert, finding);
    if (known === undefined || grew(known, finding) || !isInScope(answer.scope, actor, teams)) continue;
    return { kind: 'noted', note: answerNote(answer), alert };
  }
  return COUNTS;
}

/** By the alerts of one actor: asked for at every seal, changed only when there is something to tell. */
const heldBack = new WeakMap<readonly ToldAlert[], ReadonlySet<string>>();

/**
 * Values that an actor must not be taken to be known for: told and not answered, confirmed as an attack, or
 * answered for a time only. `undefined` where there are none.
 */
export function heldBackValues(own: readonly ToldAlert[] | undefined): ReadonlySet<string> | undefined {
  if (own === undefined) return undefined;
  let held = heldBack.get(own);
  if (held === undefined) {
    held = heldBackBy(own);
    heldBack.set(own, held);
  }
  return held.size === 0 ? undefined : held;
}

function heldBackBy(own: readonly ToldAlert[]): ReadonlySet<string> {
  const held = new Set<string>();
  const settled = new Set<string>();
  for (const { answer, values } of own) {
    for (const told of values) {
      const key = `${told.detector} ${told.value}`;
      if (settled.has(key)) continue;
      if (isHeldBack(told, answer)) held.add(told.value);
      if (answer !== undefined || held.has(told.value)) settled.add(key);
    }
  }
  return held;
}

function isHeldBack({ impact }: ToldValue, answer: Answer | undefined): boolean {
  switch (answer?.verdict) {
    case 'confirmed':
      return true;
    case 'dismissed':
    case 'expected':
      return answer?.scope?.until !== undefined;
    default:
      return impact >= HARMFUL_IMPACT;
  }
}

function valueIn({ values }: ToldAlert, { detector, value }: Finding): ToldValue | undefined {
  return values.find((told) => told.value === value && told.detector === detector);
}

/** Whether a finding says materially more than what was told: more harm, or much more of it. */
function grew({ family, impact, peak, bits }: ToldValue, finding: Finding): boolean {
  if (harmOf(finding) >= impact * IMPACT_GROWTH) return true;
  switch (family) {
    case 'how-much':
      return finding.count >= peak * COUNT_GROWTH || finding.bits >= bits + RARITY_GROWTH;
    case 'what':
    case 'which':
      return finding.count >= peak * USE_GROWTH + USE_SLACK;
    default:
      return false; // how often somebody calls from a place is no new place
  }
}

function isInForce({ verdict, scope }: Answer, at: EpochMs): boolean {
  return (verdict === 'dismissed' || verdict === 'expected') && (scope?.until === undefined || at <= scope.until);
}

function isInScope(
  scope: AnswerScope | undefined,
  actor: Actor,
  teams: Readonly<Record<string, readonly string[]>>,
): boolean {
  const members = scope?.team === undefined || !Object.hasOwn(teams, scope.team) ? [] : (teams[scope.team] ?? []);
  return [...(scope?.actors ?? []), ...members].some((pattern) => matchesActor(pattern, actor));
}

function answerNote({ verdict, by, at, reason }: Answer): string {
  return `${verdict} by ${by} on ${day(at)}: ${reason}`;
}

function day(at: EpochMs): string {
  return isoTime(at).slice(0, 10);
}
