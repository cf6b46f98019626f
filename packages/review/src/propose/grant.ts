import { actionsLike } from '@portcullis/iam';
import type { AttachedPolicy, Principal } from '../authorization/authorization.ts';
import { speaksOfAction } from '../policy/evaluate.ts';
import type { Statement } from '../policy/statement.ts';

/** An Allow statement of a principal, with where it stands and what it comes to. */
export interface AllowGrant {
  readonly policy: AttachedPolicy;
  readonly statement: Statement;
  /** Actions of IAM that it covers. */
  readonly actions: readonly string[];
  /** Patterns that cover no action we know: newer than our data, or without effect. */
  readonly unknown: readonly string[];
}

/** All Allow statements of a principal, their wildcards spelled out. */
export function allowGrants({ policies }: Principal): readonly AllowGrant[] {
  return policies.flatMap((policy) =>
    policy.statements
      .filter(({ effect }) => effect === 'Allow')
      .map((statement) => ({ policy, statement, ...spelledOut(statement) })),
  );
}

function spelledOut(statement: Statement): Pick<AllowGrant, 'actions' | 'unknown'> {
  const { actions } = statement;
  if (actions === undefined) {
    return { actions: everyAction().filter((name) => speaksOfAction(statement, name)), unknown: [] };
  }
  const covered = new Set<string>();
  const unknown: string[] = [];
  for (const pattern of actions) {
    const names = likes(pattern);
    if (names.length === 0) unknown.push(pattern);
    for (const name of names) covered.add(name);
  }
  return { actions: [...covered].sort(), unknown };
}

const remembered = new Map<string, readonly string[]>();
const MAX_REMEMBERED = 2000;

/** Policies of an account repeat their patterns. */
function likes(pattern: string): readonly string[] {
  const known = remembered.get(pattern);
  if (known !== undefined) return known;
  const names = actionsLike(pattern);
  if (remembered.size < MAX_REMEMBERED) remembered.set(pattern, names);
  return names;
}

function everyAction(): readonly string[] {
  return likes('*');
}
