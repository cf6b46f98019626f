import { actionsLike } from '@portcullis/iam';

/** Verbs that only look; a wildcard on one of them says no more than the names did, save for actions still to come. */
const LOOKS = ['Describe', 'List', 'Get', 'BatchGet', 'Search', 'View'];

/**
 * The same actions in fewer words: a wildcard wherever every documented action that it covers is among them.
 *
 * @param written - patterns of the policy, which are kept where nothing of them was taken away
 */
export function compactActions(actions: readonly string[], written: readonly string[]): readonly string[] {
  const all = new Set(actions);
  const left = new Set(actions);
  const patterns: string[] = [];
  const offer = (pattern: string) => {
    const covered = actionsLike(pattern);
    if (!covered.every((name) => all.has(name)) || !covered.some((name) => left.has(name))) return;
    patterns.push(pattern);
    for (const name of covered) left.delete(name);
  };
  for (const pattern of written.toSorted((a, b) => a.length - b.length)) if (/[*?]/.test(pattern)) offer(pattern);
  for (const service of new Set([...left].map((name) => name.slice(0, name.indexOf(':'))))) {
    for (const verb of LOOKS) {
      const pattern = `${service}:${verb}*`;
      if ([...left].filter((name) => name.startsWith(`${service}:${verb}`)).length > 2) offer(pattern);
    }
  }
  return [...patterns, ...left].sort();
}
