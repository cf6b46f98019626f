import { fitsArn } from './arn-pattern.ts';
import { conditionsHold, type RequestContext, type Truth } from './conditions.ts';
import type { DenyDocument, DenyStatement } from './deny-document.ts';
import { fitsWildcard } from './wildcard-pattern.ts';

/** One request as far as it is known. */
export interface PolicyRequest {
  /** IAM action: `s3:GetObject`. */
  readonly action: string;
  /** ARN of what is touched; `*` where the action knows no resources; absent where unknown. */
  readonly resource?: string | undefined;
  readonly context: RequestContext;
}

/** `not-denied` is no permission: whether anything allows the request is not asked here. */
export type DenyVerdict = 'denied' | 'not-denied' | 'undecided';

/**
 * Whether a document of ours denies a request.
 *
 * Exactly the grammar that we write. `undecided` where what is known of the request could go either way; never
 * `not-denied` by want of knowledge.
 */
export function evaluateDeny(document: DenyDocument, request: PolicyRequest): DenyVerdict {
  let undecided = false;
  for (const statement of document.Statement) {
    const applies = statementApplies(statement, request);
    if (applies === true) return 'denied';
    undecided ||= applies === undefined;
  }
  return undecided ? 'undecided' : 'not-denied';
}

function statementApplies(statement: DenyStatement, request: PolicyRequest): Truth {
  if (!namesAction(statement, request.action)) return false;
  const resource = namesResource(statement.Resource, request.resource);
  if (resource === false) return false;
  const conditions = conditionsHold(statement.Condition ?? {}, request.context);
  if (conditions === false) return false;
  return resource === undefined || conditions === undefined ? undefined : true;
}

function namesAction({ Action, NotAction }: DenyStatement, action: string): boolean {
  const fits = (pattern: string) => pattern === '*' || fitsWildcard(pattern.toLowerCase(), action.toLowerCase());
  return Action === undefined ? !(NotAction ?? []).some(fits) : Action.some(fits);
}

/** A request for no resource in particular is denied by `*` alone: naming one of them does not reach it. */
function namesResource(patterns: readonly string[], resource: string | undefined): Truth {
  if (patterns.includes('*')) return true;
  if (resource === undefined) return undefined;
  if (resource === '*') return false;
  return patterns.some((pattern) => fitsArn(pattern, resource));
}
