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
    const place = `${where}:${index + 1}`;
    const result = decisionSchema.safeParse(parseJson(line));
    if (result.success) decisions.push(result.data);
    else problems.push(...result.error.issues.map(({ path, message }) => located(place, pathText(path), message)));
  }
  if (problems.length > MAX_PROBLEMS) {
    problems.splice(MAX_PROBLEMS, Infinity, `${where}: and ${problems.length - MAX_PROBLEMS} more`);
  }
  if (problems.length > 0) throw new DecisionError(problems);
  return decisions;
}

function located(place: string, path: string, message: string): string {
  return `${place}: ${path ? `${path}: ` : ''}${message}`;
}

/** `undefined` for what is no JSON, which no schema takes. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
