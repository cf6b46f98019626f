import type { Actor } from '@portcullis/event';

/**
 * Whether a text fits a pattern in which `*` stands for any text and `?` for one character, as in IAM.
 *
 * Looks back at the last `*` only, so a hostile pattern costs at most pattern × text.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let i = 0;
  while (i < text.length) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at++;
      resume = i;
    } else if (wanted === '?' || wanted === text[i]) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++resume;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

/** Whether an actor is meant by a pattern of its id, its ARN or its name. */
export function matchesActor(pattern: string, { id, arn, name }: Actor): boolean {
  return matchesWildcard(pattern, id) || matchesWildcard(pattern, name) || matchesWildcard(pattern, arn ?? '');
}

/** IAM does not tell upper case from lower in actions. */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesWildcard(pattern.toLowerCase(), action.toLowerCase());
}
