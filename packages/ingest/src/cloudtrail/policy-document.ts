import { isObject, type JsonObject, listOf, objectOf, parsedJson, textOf, textsOf } from './record.ts';

/** Most statements read of one document; IAM's size limits end far below. */
const MAX_STATEMENTS = 64;

/** A statement with `Effect: Allow`, its single values made lists. */
export interface AllowStatement {
  /** Who is allowed: `AWS`, `Service`, `Federated` and `CanonicalUser` entries with their kind. */
  readonly principals: readonly PolicyPrincipal[];
  readonly actions: readonly string[];
  /** `NotAction`: all actions but a few. */
  readonly allActionsBut: readonly string[] | undefined;
  readonly resources: readonly string[];
  readonly condition: JsonObject;
}

export interface PolicyPrincipal {
  readonly kind: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';
  readonly name: string;
}

/**
 * Reads the Allow statements of a policy document: an object, JSON text, or URL-encoded JSON text as IAM
 * returns it.
 *
 * A document cut off by CloudTrail's size limit cannot be read and yields none. `NotPrincipal` with Allow
 * means everyone but a few, hence `*`. Deny statements are left out: what they take back cannot be
 * weighed without the rest of the account's policies, so a grant may be reported wider than it is.
 */
export function allowStatementsOf(document: unknown): readonly AllowStatement[] {
  const statements = listOf(decoded(document).Statement, MAX_STATEMENTS);
  return statements.filter(isObject).filter(isAllow).map(allowStatement);
}

function decoded(document: unknown): JsonObject {
  if (typeof document !== 'string' || !document.startsWith('%')) return objectOf(document);
  try {
    return objectOf(parsedJson(decodeURIComponent(document)));
  } catch {
    return {};
  }
}

function isAllow(statement: JsonObject): boolean {
  return textOf(statement.Effect, 16).toLowerCase() === 'allow';
}

function allowStatement(statement: JsonObject): AllowStatement {
  const { NotAction, NotPrincipal } = statement;
  return {
    principals: NotPrincipal === undefined ? principalsOf(statement.Principal) : [{ kind: 'AWS', name: '*' }],
    actions: textsOf(statement.Action),
    allActionsBut: NotAction === undefined ? undefined : textsOf(NotAction),
    resources: textsOf(statement.Resource),
    condition: objectOf(statement.Condition),
  };
}

function principalsOf(principal: unknown): readonly PolicyPrincipal[] {
  if (!isObject(principal)) return textsOf(principal).map((name) => ({ kind: 'AWS', name }));
  return (['AWS', 'Service', 'Federated', 'CanonicalUser'] as const).flatMap((kind) =>
    textsOf(principal[kind]).map((name) => ({ kind, name })),
  );
}
