import { renamedCompanions } from './renamed-calls.ts';
import { ROLE_PASSING } from './role-passing-calls.ts';

const renamed = renamedCompanions();

/**
 * Actions that calls which come out as this one may need as well: `iam:PassRole` of `lambda:CreateFunction`.
 *
 * For whoever knows only the action: `s3:PutObject` may have been a copy, which reads too.
 */
export function companionsOf(action: string): readonly string[] {
  const others = [...(renamed.get(action) ?? [])];
  return ROLE_PASSING.has(action) ? [...others, 'iam:PassRole'] : others;
}
