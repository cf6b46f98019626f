import { actionsLike, matchesPattern } from '@portcullis/iam';
import { overlap } from '../policy/evaluate.ts';
import type { Statement } from '../policy/statement.ts';

/** Fewer names than these are not worth a pattern. */
const MIN_COVERED = 3;

/**
 * The same actions in fewer words: a wildcard wherever every documented action that it covers is among them, and the
 * statement they come from granted all that it could ever cover.
 */
export function compactActions(
  actions: readonly string[],
  granted: Pick<Statement, 'actions' | 'notActions'>,
): readonly string[] {
  const all = new Set(actions);
  const left = new Set(actions);
  const patterns: string[] = [];
  const offer = (pattern: string) => {
    const covered = actionsLike(pattern);
    if (!covered.every((name) => all.has(name)) || !covered.some((name) => left.has(name))) return;
    patterns.push(pattern);
    for (const name of covered) left.delete(name);
  };
  const wildcards = (granted.actions ?? []).filter((pattern) => /[*?]/.test(pattern));
  for (const pattern of wildcards.toSorted((a, b) => a.length - b.length)) offer(pattern);
  for (const [prefix] of Map.groupBy(left, (name) => /^[^:]+:[A-Z]?[a-z]*/.exec(name)?.[0] ?? name)) {
    if (isGranted(`${prefix}*`, granted)) shorten(prefix, left, offer);
  }
  return withoutCovered([...patterns, ...left]);
}

/** Patterns and names in order, none of which another one covers. */
export function withoutCovered(patterns: readonly string[]): readonly string[] {
  const distinct = [...new Set(patterns)];
  const wide = distinct.filter((pattern) => /[*?]/.test(pattern));
  return distinct
    .filter((one) => !wide.some((other) => other !== one && matchesPattern(other, one, { wide: true })))
    .sort();
}

function isGranted(pattern: string, { actions, notActions = [] }: Pick<Statement, 'actions' | 'notActions'>): boolean {
  if (actions !== undefined) return actions.some((granted) => matchesPattern(granted, pattern, { wide: true }));
  return !notActions.some((denied) => overlap(denied.toLowerCase(), pattern.toLowerCase()));
}

/** Offers a wildcard behind these words; where that would cover too much, behind each next word in turn. */
function shorten(prefix: string, left: ReadonlySet<string>, offer: (pattern: string) => void): void {
  const under = [...left].filter((name) => name.startsWith(prefix));
  if (under.length < MIN_COVERED) return;
  offer(`${prefix}*`);
  if (under.some((name) => !left.has(name))) return;
  for (const word of new Set(under.map((name) => /^[A-Z]?[^A-Z]*/.exec(name.slice(prefix.length))?.[0] ?? ''))) {
    if (word !== '') shorten(prefix + word, left, offer);
  }
}
