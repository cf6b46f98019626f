import { allActions, findAction } from './action-table.ts';
import { matchesPattern } from './pattern.ts';

/**
 * The actions that a policy's pattern covers, as IAM documents and spells them: `s3:Get*`, `*`, `iam:CreateUser`.
 *
 * Empty for what IAM does not document: such a pattern has no effect, or one that the table does not know yet.
 */
export function actionsLike(pattern: string): readonly string[] {
  const known = findAction(pattern);
  if (known !== undefined) return [known.name];
  const colon = pattern.indexOf(':');
  const service = colon < 0 ? pattern : pattern.slice(0, colon);
  if (colon < 0 && !/^\*+$/.test(pattern)) return [];
  const exact = /[*?]/.test(service) ? undefined : service;
  return allActions(exact).filter((name) => matchesPattern(pattern, name));
}
