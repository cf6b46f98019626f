import { type ActorBaseline, valueHash } from '@portcullis/baseline';
import type { Actor } from '@portcullis/event';
import type { Candidate, DetectorId, Family } from './detector.ts';
import { IMPACT } from './impact.ts';

/**
 * People travel, change tools and have busy days, and all of it at once: what surrounds their work says less than the same of a
 * program, and each piece of it little beside the others.
 */
const PEOPLE_VARY = 0.7;

/** Least of all says when they work, how much they change in a day, and to which things: that is their work. */
const PEOPLE_WORK = 0.5;

/**
 * A program does what it was written to do: something it never did before says more than the same of a person. Looking around
 * excepted, which new versions of their libraries do, too.
 */
const PROGRAMS_REPEAT = 2;

/**
 * Reading content or taking up roles in a way of its own, and being refused what would do harm: what whoever stole a program's
 * credentials does first, and new versions seldom. All of these have the impact of reading content.
 */
const PROGRAMS_READ = 3;

/** A program does not change its program, its hours or its rhythm; its addresses change whenever it starts. */
const PROGRAMS_STAY = 1.5;

/** How somebody works and how much, as against what is done to what. */
const SURROUNDINGS: ReadonlySet<Family> = new Set(['where', 'who-how', 'when', 'change', 'how-much']);

const WORK_OF_PEOPLE: ReadonlySet<DetectorId> = new Set(['unusual-hour', 'change-rate', 'new-target']);

const STAYING: ReadonlySet<Family> = new Set(['who-how', 'when', 'change']);

/** What new versions are brought out to do: to make, configure and remove things. */
const VERSIONS_DO: ReadonlySet<number> = new Set([IMPACT.write, IMPACT.destroy]);

/** With what people look at consoles, and programs at nothing. */
const BROWSER = valueHash('browser');

/** Networks of so many owners are a home, an office and a train; programs have one or two. */
const OWNERS_OF_A_LIFE = 3;

/** The harm of a candidate, weighed by whether its actor leads a steady life. */
export function steadyImpact(
  candidate: Pick<Candidate, 'detector' | 'family' | 'impact'>,
  livesLikeAPerson: boolean,
): number {
  const weight = livesLikeAPerson ? weightOfPeople(candidate) : weightOfPrograms(candidate);
  return weight > 1 ? Math.min(candidate.impact * weight, IMPACT.blind) : candidate.impact * weight;
}

function weightOfPeople({ detector, family }: Pick<Candidate, 'detector' | 'family'>): number {
  if (WORK_OF_PEOPLE.has(detector)) return PEOPLE_WORK;
  return SURROUNDINGS.has(family) ? PEOPLE_VARY : 1;
}

function weightOfPrograms({ detector, family, impact }: Pick<Candidate, 'detector' | 'family' | 'impact'>): number {
  if (detector === 'new-data' || detector === 'role-chain') return impact > IMPACT.read ? PROGRAMS_REPEAT : 1;
  if (detector !== 'new-action') return STAYING.has(family) ? PROGRAMS_STAY : 1;
  if (impact <= IMPACT.read || VERSIONS_DO.has(impact)) return 1;
  return impact === IMPACT.readData ? PROGRAMS_READ : PROGRAMS_REPEAT;
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
