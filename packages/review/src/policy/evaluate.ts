import { matchesPattern } from '@portcullis/iam';
import type { Statement } from './statement.ts';

/** A call as a policy sees it. */
export interface Call {
  readonly action: string;
  /** ARN patterns of what it touched; `undefined` where the log does not tell. */
  readonly resources: readonly string[] | undefined;
}

/**
 * What policies say of a call. `undecided`: it depends on a condition, or on a resource that the log did not tell.
 * `not-allowed`: no statement speaks of it.
 */
export type Ruling = 'allowed' | 'denied' | 'undecided' | 'not-allowed';

type Match = 'yes' | 'no' | 'maybe';

/** Judges a call by the statements of its identity policies, as IAM does: a denial goes before everything. */
export function ruling(statements: readonly Statement[], call: Call): Ruling {
  let allowed: Match = 'no';
  let denied: Match = 'no';
  for (const statement of statements) {
    const match = matchOf(statement, call);
    if (statement.effect === 'Allow') allowed = stronger(allowed, match);
    else denied = stronger(denied, match);
  }
  if (denied === 'yes') return 'denied';
  if (allowed === 'no') return 'not-allowed';
  return allowed === 'yes' && denied === 'no' ? 'allowed' : 'undecided';
}

/** Whether a statement speaks of a call. */
export function matchOf(statement: Statement, { action, resources }: Call): Match {
  if (!speaksOfAction(statement, action)) return 'no';
  const match = resources === undefined ? unknownResource(statement) : worst(resources, statement);
  return match === 'yes' && statement.condition !== undefined ? 'maybe' : match;
}

export function speaksOfAction({ actions, notActions }: Statement, action: string): boolean {
  if (actions !== undefined) return actions.some((pattern) => matchesPattern(pattern, action));
  return !(notActions ?? []).some((pattern) => matchesPattern(pattern, action));
}

/** A resource pattern of a policy with its variables, which stand for anything, made stars. */
export function withoutVariables(pattern: string): string {
  return pattern.replace(/\$\{[^}]*\}/g, '*');
}

const EVERYTHING = /^\*+$/;

/**
 * How a policy's resource pattern and that of a thing relate. A thing's own wildcards (a bucket's objects, of which no
 * log keeps the keys) have to be covered by wildcards.
 */
export function covers(pattern: string, thing: string): Match {
  const glob = withoutVariables(pattern);
  const certain = glob === pattern;
  if (matchesPattern(glob, thing, { exact: true, wide: true })) return certain ? 'yes' : 'maybe';
  return overlap(glob, thing) ? 'maybe' : 'no';
}

/** Whether two patterns have a text in common. */
export function overlap(one: string, other: string): boolean {
  let reached = new Set([0]);
  for (let at = 0; at <= one.length; at++) {
    reached = pastStars(reached, other);
    if (at === one.length) return reached.has(other.length);
    const sign = one[at];
    if (sign === '*') {
      const least = Math.min(...reached);
      reached = new Set(Array.from({ length: other.length - least + 1 }, (_, index) => least + index));
      continue;
    }
    const next = new Set<number>();
    for (const place of reached) {
      const facing = other[place];
      if (facing === '*') next.add(place);
      else if (facing !== undefined && (facing === sign || facing === '?' || sign === '?')) next.add(place + 1);
    }
    if (next.size === 0) return false;
    reached = next;
  }
  return false;
}

function pastStars(places: ReadonlySet<number>, pattern: string): Set<number> {
  const all = new Set(places);
  for (const place of all) if (pattern[place] === '*') all.add(place + 1);
  return all;
}

function unknownResource({ resources }: Statement): Match {
  return resources?.some((pattern) => EVERYTHING.test(pattern)) ? 'yes' : 'maybe';
}

/** A call needs all that it touches. */
function worst(things: readonly string[], statement: Statement): Match {
  let match: Match = 'yes';
  for (const thing of things) {
    const one = resourceMatch(statement, thing);
    if (one === 'no') return 'no';
    if (one === 'maybe') match = 'maybe';
  }
  return match;
}

export function resourceMatch(
  { resources, notResources }: Pick<Statement, 'resources' | 'notResources'>,
  thing: string,
): Match {
  if (resources !== undefined) return best(resources, thing);
  const excluded = best(notResources ?? [], thing);
  return excluded === 'yes' ? 'no' : excluded === 'no' ? 'yes' : 'maybe';
}

function best(patterns: readonly string[], thing: string): Match {
  let match: Match = 'no';
  for (const pattern of patterns) {
    const one = EVERYTHING.test(pattern) ? 'yes' : covers(pattern, thing);
    match = stronger(match, one);
    if (match === 'yes') break;
  }
  return match;
}

function stronger(one: Match, other: Match): Match {
  if (one === 'yes' || other === 'yes') return 'yes';
  return one === 'maybe' || other === 'maybe' ? 'maybe' : 'no';
}
