import { decisionSchema } from './decision.ts';
import { DecisionError } from './errors.ts';
import { pathText } from './path-text.ts';
import type { Decision } from './types.ts';

const MAX_PROBLEMS = 20;

/**
 * Reads a decisions file: one decision per line, empty lines aside, in any order.
 *
 * @param where - the file as the user named it
 * @throws {DecisionError} naming every line that is wrong, as `file:line: field: what was expected`
 */
export function parseDecisions(text: string, where: string): readonly Decision[] {
  const decisions: Decision[] = [];
  const problems: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const checked = check(parseJson(line), `${where}:${index + 1}: `);
    if ('decision' in checked) decisions.push(checked.decision);
    else problems.push(...checked.problems);
  }
  if (problems.length > MAX_PROBLEMS) {
    problems.splice(MAX_PROBLEMS, Infinity, `${where}: and ${problems.length - MAX_PROBLEMS} more`);
  }
  if (problems.length > 0) throw new DecisionError(problems);
  return decisions;
}

/**
 * One decision that was put together elsewhere.
 *
 * @throws {DecisionError} naming every field that is wrong
 */
export function parseDecision(value: unknown): Decision {
  const checked = check(value, '');
  if ('decision' in checked) return checked.decision;
  throw new DecisionError(checked.problems);
}

function check(value: unknown, place: string): { readonly decision: Decision } | { readonly problems: string[] } {
  const result = decisionSchema.safeParse(value);
  if (result.success) return { decision: result.data };
  return {
    problems: result.error.issues.map(({ path, message }) => {
      const field = pathText(path);
      return `${place}${field ? `${field}: ` : ''}${message}`;
    }),
  };
}

/** `undefined` for what is no JSON, which no schema takes. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
