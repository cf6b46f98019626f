import { type ActorBaseline, valueHash } from '@portcullis/baseline';
import type { Actor } from '@portcullis/event';
import type { Candidate, DetectorId, Family } from './detector.ts';
import { IMPACT } from './impact.ts';

/**
 * People travel, change tools and have busy days, and all of it at once: what surrounds their work says less than the same of a
 * program, and each piece of it little beside the others. Measured flat from .5 to .8.
 */
const PEOPLE_VARY = 0.7;

/**
 * A program does what it was written to do: something it never did before says more than the same of a person. Looking around
 * excepted, which new versions of their libraries do, too.
 */
const PROGRAMS_REPEAT = 2;

/** How somebody works and how much, as against what is done to what. */
const SURROUNDINGS: ReadonlySet<Family> = new Set(['where', 'who-how', 'when', 'change', 'how-much']);

/** Detectors of first times of doing something. */
const FIRST_DEEDS: ReadonlySet<DetectorId> = new Set(['new-action', 'new-data', 'role-chain']);

/** With what people look at consoles, and programs at nothing. */
const BROWSER = valueHash('browser');

/** Networks of so many owners are a home, an office and a train; programs have one or two. */
const OWNERS_OF_A_LIFE = 3;

/** The harm of a candidate, weighed by whether its actor leads a steady life. */
export function steadyImpact(
  { detector, family, impact }: Pick<Candidate, 'detector' | 'family' | 'impact'>,
  livesLikeAPerson: boolean,
): number {
  if (livesLikeAPerson) return SURROUNDINGS.has(family) ? impact * PEOPLE_VARY : impact;
  const isDeed = FIRST_DEEDS.has(detector) && impact > IMPACT.read;
  return isDeed ? Math.min(impact * PROGRAMS_REPEAT, IMPACT.blind) : impact;
}

/**
 * Whether an actor lives like a person. The kind alone would not do: people also hold IAM users, and take up roles that show no
 * name. So who ever used a browser counts as one, and who calls from the networks of several providers. Only what was
 * learned before counts: an intruder's own browser changes nothing.
 */
export function livesLikeAPerson({ kind }: Actor, own: ActorBaseline | undefined): boolean {
  if (kind === 'person') return true;
  if (own === undefined) return false;
  return own.features.product.values.has(BROWSER) || own.features.owner.values.size >= OWNERS_OF_A_LIFE;
}
