import type { AnomalyEvent, Verdict } from '@portcullis/contract';
import { type Actor, type EpochMs, isoTime } from '@portcullis/event';
import type { Family } from '@portcullis/score';
import { type Episode, type EpisodeEvidence, harmOf } from './episode.ts';

/** Alerts remembered of one actor, and in all; the longest closed are forgotten first. */
const MAX_PER_ACTOR = 32;
const MAX_ALERTS = 1000;

/** Values remembered of one alert, the weightiest first. */
const MAX_VALUES = 64;

/** What a person said about an alert. */
export interface Answer {
  readonly verdict: Verdict;
  readonly by: string;
  readonly reason: string;
  readonly at: EpochMs;
  readonly scope?: AnswerScope | undefined;
}

export interface AnswerScope {
  readonly actors?: readonly string[] | undefined;
  readonly team?: string | undefined;
  readonly until?: EpochMs | undefined;
}

/** A value that made an alert, and how strongly, so that more of the same can be told from the same. */
export interface ToldValue {
  readonly detector: string;
  readonly value: string;
  readonly family: Family;
  readonly impact: number;
  /** Most in one epoch. */
  readonly peak: number;
  readonly bits: number;
}

/** An alert as it was last told, and what became of it. */
export interface ToldAlert {
  /** Of the episode. */
  readonly id: string;
  readonly actor: Actor;
  readonly event: AnomalyEvent;
  /** When it was first told. */
  readonly told: EpochMs;
  readonly values: readonly ToldValue[];
  readonly closed: boolean;
  readonly answer: Answer | undefined;
  /** Hours in which the same was seen again without being told again, and the last time. */
  readonly again: { readonly hours: number; readonly last: EpochMs } | undefined;
  /** The episode that an answer closed, to be taken up again where the answer is taken back. */
  readonly episode: Episode | undefined;
}

/** The alerts told so far, by episode and by actor. Changed in place, like the state it belongs to. */
export interface AlertBook {
  readonly byId: Map<string, ToldAlert>;
  /** By actor id, latest told first. */
  readonly byActor: Map<string, readonly ToldAlert[]>;
  /** Ids of those whose answer holds for others too. */
  readonly scoped: Set<string>;
}

export function emptyAlertBook(): AlertBook {
  return { byId: new Map(), byActor: new Map(), scoped: new Set() };
}

/** Puts an alert in, in place of what was known of it, and forgets the oldest beyond the bounds. */
export function putAlert(book: AlertBook, alert: ToldAlert): void {
  book.byId.set(alert.id, alert);
  const { actors, team } = alert.answer?.scope ?? {};
  if (actors === undefined && team === undefined) book.scoped.delete(alert.id);
  else book.scoped.add(alert.id);
  const before = book.byActor.get(alert.actor.id) ?? [];
  const mine = [...before.filter(({ id }) => id !== alert.id), alert].sort(byAge);
  book.byActor.set(alert.actor.id, mine);
  if (mine.length > MAX_PER_ACTOR) forgetOldest(book, mine);
  if (book.byId.size > MAX_ALERTS) forgetOldest(book, [...book.byId.values()].sort(byAge));
}

/** What an alert says of itself once it is told. */
export function toldAlert(known: ToldAlert | undefined, episode: Episode, event: AnomalyEvent, at: EpochMs): ToldAlert {
  return {
    id: episode.id,
    actor: episode.actor,
    event,
    told: known?.told ?? at,
    values: toldValues(episode.evidence),
    closed: event['detail-type'] === 'Anomaly Closed',
    answer: known?.answer,
    again: known?.again,
    episode: undefined,
  };
}

/** The later answer counts; of two at one time the one that sorts last, so that their order cannot show. */
export function isNewer(answer: Answer, known: Answer | undefined): boolean {
  if (known === undefined || answer.at !== known.at) return known === undefined || answer.at > known.at;
  return JSON.stringify(answer) > JSON.stringify(known);
}

/** What subscribers are told of an answer. */
export function publishedAnswer({
  verdict,
  by,
  at,
  reason,
}: Answer): NonNullable<AnomalyEvent['detail']['data']['verdict']> {
  return { verdict, by, at: isoTime(at), reason };
}

function toldValues(evidence: readonly EpisodeEvidence[]): readonly ToldValue[] {
  return evidence
    .filter(({ note, bits }) => note === undefined && bits > 0)
    .sort((a, b) => b.bits * b.impact - a.bits * a.impact || (keyOf(a) < keyOf(b) ? -1 : 1))
    .slice(0, MAX_VALUES)
    .map(({ detector, value, family, peak, bits, ...weights }) => ({
      detector,
      value,
      family,
      impact: harmOf(weights),
      peak,
      bits,
    }));
}

function keyOf({ detector, value }: EpisodeEvidence): string {
  return `${detector} ${value}`;
}

function forgetOldest(book: AlertBook, latestFirst: readonly ToldAlert[]): void {
  const oldest = latestFirst.findLast(({ closed }) => closed);
  if (oldest === undefined) return;
  book.byId.delete(oldest.id);
  book.scoped.delete(oldest.id);
  const rest = (book.byActor.get(oldest.actor.id) ?? []).filter(({ id }) => id !== oldest.id);
  if (rest.length === 0) book.byActor.delete(oldest.actor.id);
  else book.byActor.set(oldest.actor.id, rest);
}

function byAge(a: ToldAlert, b: ToldAlert): number {
  return b.told - a.told || (a.id < b.id ? -1 : 1);
}
