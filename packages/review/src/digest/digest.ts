import type { AnomalyEvent, Severity, Verdict } from '@portcullis/contract';
import { SEVERITIES } from '@portcullis/contract';
import { DAY_MS, type EpochMs, isoTime } from '@portcullis/event';
import { CHECKS, type Check } from '../posture/check.ts';
import type { Posture } from '../posture/posture.ts';
import type { PrincipalReview } from '../review-principal.ts';
import { type Habit, habitsOf, isHarmless } from './habits.ts';

/** An alert and what became of it. */
export interface DigestAlert {
  readonly event: AnomalyEvent;
  readonly told: EpochMs;
  readonly closed: boolean;
  readonly verdict: Verdict | undefined;
  /** Hours in which the same was seen again without being told again. */
  readonly againHours: number;
}

/** An actor as its baseline knows it. */
export interface DigestActor {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** Days with anything from it: ISO dates, UTC. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly usual: readonly LearnedValue[];
}

/** A value that an actor is known for. */
interface LearnedValue {
  readonly feature: string;
  readonly value: string;
  readonly count: number;
  readonly firstDay: string;
}

/** What a digest is made of; the more is given, the more it says. */
export interface DigestInput {
  /** The week, or any other time: from inclusive, to exclusive. */
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly alerts: readonly DigestAlert[];
  readonly actors: readonly DigestActor[];
  readonly reviews?: readonly PrincipalReview[];
  readonly posture?: Posture;
}

/** A summary for people who do not watch alerts: what happened, what was learned, what can go. */
export interface Digest {
  readonly version: '1';
  readonly from: string;
  readonly to: string;
  readonly happened: {
    readonly told: number;
    readonly bySeverity: Readonly<Record<Severity, number>>;
    readonly confirmed: number;
    /** Answered as dismissed or expected. */
    readonly harmless: number;
    readonly unanswered: number;
    /** Severest first. */
    readonly alerts: readonly ToldInWeek[];
  };
  readonly learned: {
    readonly actors: number;
    readonly newActors: readonly { readonly id: string; readonly kind: string; readonly name: string }[];
    /** Silent for all of the time, and for no longer than two weeks before. */
    readonly goneQuiet: readonly { readonly id: string; readonly kind: string; readonly name: string }[];
    /** What became usual for actors that were there before, most frequent first. */
    readonly values: readonly LearnedInWeek[];
  };
  /** Absent without a review. */
  readonly permissions?: {
    readonly proposals: number;
    readonly riskRemoved: number;
    readonly riskBefore: number;
    /** Those that take most first. */
    readonly first: readonly PermissionsToGo[];
  };
  /** Absent without a posture report. */
  readonly credentials?: Readonly<Partial<Record<Check, number>>>;
  /** What cost most alerts that nobody confirmed, over all that is remembered. */
  readonly habits: readonly Habit[];
}

interface ToldInWeek {
  readonly id: string;
  readonly told: string;
  readonly severity: Severity;
  readonly score: number;
  readonly title: string;
  readonly closed: boolean;
  readonly verdict?: Verdict;
  /** Of its evidence, the weightiest first. */
  readonly detectors: readonly string[];
}

interface LearnedInWeek {
  /** By name. */
  readonly actor: string;
  readonly feature: string;
  readonly value: string;
  readonly count: number;
}

interface PermissionsToGo {
  readonly arn: string;
  readonly kind: 'narrow' | 'retire';
  readonly actionsBefore: number;
  readonly actionsAfter: number;
  readonly riskRemoved: number;
}

/** Entries of each list; a digest is to be read over a coffee. */
const MAX_LISTED = 10;
const QUIET_DAYS = 14;

/** Sums up a week. The same input gives the same digest. */
export function digest({ from, to, alerts, actors, reviews, posture }: DigestInput): Digest {
  const known = alerts.filter(({ told }) => told < to);
  const week = known.filter(({ told }) => told >= from);
  return {
    version: '1',
    from: isoTime(from),
    to: isoTime(to),
    happened: happened(week),
    learned: learned(actors, from, to),
    ...(reviews && { permissions: permissions(reviews) }),
    ...(posture && { credentials: credentials(posture) }),
    habits: habitsOf(known).slice(0, MAX_LISTED),
  };
}

function happened(week: readonly DigestAlert[]): Digest['happened'] {
  const bySeverity = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as Record<Severity, number>;
  for (const { event } of week) bySeverity[event.detail.data.severity] += 1;
  const harmless = week.filter(isHarmless).length;
  const confirmed = week.filter(({ verdict }) => verdict === 'confirmed').length;
  return {
    told: week.length,
    bySeverity,
    confirmed,
    harmless,
    unanswered: week.length - confirmed - harmless,
    alerts: week.map(toldInWeek).sort(bySeverityThenScore),
  };
}

function toldInWeek({ event, told, closed, verdict }: DigestAlert): ToldInWeek {
  const { severity, score, title, evidence } = event.detail.data;
  const detectors = evidence.filter(({ contribution }) => contribution > 0).map(({ detector }) => detector);
  return {
    id: event.detail.metadata.id,
    told: isoTime(told),
    severity,
    score,
    title,
    closed,
    ...(verdict && { verdict }),
    detectors: [...new Set(detectors)],
  };
}

function bySeverityThenScore(a: ToldInWeek, b: ToldInWeek): number {
  const rank = ({ severity }: ToldInWeek) => SEVERITIES.indexOf(severity);
  return rank(b) - rank(a) || b.score - a.score || (a.id < b.id ? -1 : 1);
}

function learned(actors: readonly DigestActor[], from: EpochMs, to: EpochMs): Digest['learned'] {
  const [first, end, quiet] = [isoDay(from), isoDay(to + DAY_MS - 1), isoDay(from - QUIET_DAYS * DAY_MS)];
  const isIn = (day: string) => day >= first && day < end;
  const there = actors.filter(({ firstDay }) => firstDay < end).sort((a, b) => (a.id < b.id ? -1 : 1));
  const before = there.filter(({ firstDay }) => firstDay < first);
  const values = before.flatMap(({ name, usual }) =>
    usual
      .filter(({ firstDay }) => isIn(firstDay))
      .map(({ feature, value, count }) => ({ actor: name, feature, value, count })),
  );
  return {
    actors: there.length,
    newActors: there.filter(({ firstDay }) => isIn(firstDay)).map(whoIs),
    goneQuiet: before.filter(({ lastDay }) => lastDay < first && lastDay >= quiet).map(whoIs),
    values: values.sort(mostFrequentFirst).slice(0, MAX_LISTED),
  };
}

/** Ties in an order that does not follow from that of the input. */
function mostFrequentFirst(a: LearnedInWeek, b: LearnedInWeek): number {
  const key = ({ actor, feature, value }: LearnedInWeek) => `${actor} ${feature} ${value}`;
  return b.count - a.count || (key(a) < key(b) ? -1 : 1);
}

function isoDay(time: EpochMs): string {
  return isoTime(time).slice(0, 10);
}

function whoIs({ id, kind, name }: DigestActor) {
  return { id, kind, name };
}

function permissions(reviews: readonly PrincipalReview[]): NonNullable<Digest['permissions']> {
  const proposals = reviews
    .filter((one) => one.kind === 'proposed' || one.kind === 'unused')
    .sort((a, b) => b.riskRemoved - a.riskRemoved || (a.principal.arn < b.principal.arn ? -1 : 1));
  const sum = (of: (one: (typeof proposals)[number]) => number) => proposals.reduce((total, one) => total + of(one), 0);
  return {
    proposals: proposals.length,
    riskRemoved: sum(({ riskRemoved }) => riskRemoved),
    riskBefore: sum(({ riskBefore }) => riskBefore),
    first: proposals.slice(0, MAX_LISTED).map(({ principal, kind, actionsBefore, actionsAfter, riskRemoved }) => ({
      arn: principal.arn,
      kind: kind === 'unused' ? 'retire' : 'narrow',
      actionsBefore,
      actionsAfter,
      riskRemoved,
    })),
  };
}

function credentials({ counts }: Posture): NonNullable<Digest['credentials']> {
  return Object.fromEntries(CHECKS.filter((check) => counts[check] > 0).map((check) => [check, counts[check]]));
}
