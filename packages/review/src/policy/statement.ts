import { isObject, type Json, listOf, textsOf } from './json.ts';

/** A condition block as written; kept letter by letter, never evaluated. */
type Condition = Readonly<Record<string, Json>>;

/** One statement of a policy, its single values made lists. Exactly one of each pair of lists is there. */
export interface Statement {
  readonly sid?: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  readonly actions?: readonly string[] | undefined;
  readonly notActions?: readonly string[] | undefined;
  readonly resources?: readonly string[] | undefined;
  readonly notResources?: readonly string[] | undefined;
  readonly condition?: Condition | undefined;
}

/** Who may take up a role, as its trust policy says it. */
export interface TrustStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly principals: readonly TrustedPrincipal[];
  /** The statement as written. */
  readonly written: Readonly<Record<string, Json>>;
}

export interface TrustedPrincipal {
  readonly kind: string;
  readonly name: string;
}

/**
 * Reads the statements of an identity policy: an object, JSON text, or URL-encoded JSON text as the IAM API returns it.
 *
 * `undefined` where it is no policy: a review must not take what it cannot read for nothing.
 */
export function statementsOf(document: unknown): readonly Statement[] | undefined {
  const written = writtenStatements(document);
  if (written === undefined) return undefined;
  const statements = written.map(statement);
  return statements.every((one) => one !== undefined) ? statements : undefined;
}

/** The same for a trust policy. `NotPrincipal` is read as everybody. */
export function trustOf(document: unknown): readonly TrustStatement[] | undefined {
  return writtenStatements(document)?.map((written) => ({
    effect: isAllow(written) ? 'Allow' : 'Deny',
    principals: written.NotPrincipal === undefined ? principalsOf(written.Principal) : [{ kind: 'AWS', name: '*' }],
    written,
  }));
}

function writtenStatements(document: unknown): readonly Readonly<Record<string, Json>>[] | undefined {
  const policy = parsed(document);
  if (!isObject(policy)) return undefined;
  const statements = listOf(policy.Statement);
  return statements.length > 0 && statements.every(isObject) ? statements : undefined;
}

function parsed(document: unknown): unknown {
  if (typeof document !== 'string') return document;
  try {
    return JSON.parse(document.startsWith('%') ? decodeURIComponent(document) : document);
  } catch {
    return undefined;
  }
}

function statement(written: Readonly<Record<string, Json>>): Statement | undefined {
  const { Sid, Action, NotAction, Resource, NotResource, Condition: condition } = written;
  const [action, notAction] = [textsOf(Action), textsOf(NotAction)];
  const [resource, notResource] = [textsOf(Resource), textsOf(NotResource)];
  if ((action.length === 0) === (notAction.length === 0)) return undefined;
  if ((resource.length === 0) === (notResource.length === 0)) return undefined;
  return {
    sid: typeof Sid === 'string' && Sid !== '' ? Sid : undefined,
    effect: isAllow(written) ? 'Allow' : 'Deny',
    ...(action.length > 0 ? { actions: action } : { notActions: notAction }),
    ...(resource.length > 0 ? { resources: resource } : { notResources: notResource }),
    condition: isObject(condition) && Object.keys(condition).length > 0 ? condition : undefined,
  };
}

/** Anything that is not clearly an Allow takes away. */
function isAllow({ Effect }: Readonly<Record<string, Json>>): boolean {
  return typeof Effect === 'string' && Effect.toLowerCase() === 'allow';
}

function principalsOf(principal: Json | undefined): readonly TrustedPrincipal[] {
  if (!isObject(principal)) return textsOf(principal).map((name) => ({ kind: 'AWS', name }));
  return Object.entries(principal).flatMap(([kind, names]) => textsOf(names).map((name) => ({ kind, name })));
}

/** A policy document of these statements, as IAM takes it: single values as texts, lists sorted as given. */
export function policyDocument(statements: readonly Statement[]): Readonly<Record<string, Json>> {
  return { Version: '2012-10-17', Statement: statements.map(writtenStatement) };
}

function writtenStatement(one: Statement): Readonly<Record<string, Json>> {
  return {
    ...(one.sid !== undefined && { Sid: one.sid }),
    Effect: one.effect,
    ...(one.actions && { Action: single(one.actions) }),
    ...(one.notActions && { NotAction: single(one.notActions) }),
    ...(one.resources && { Resource: single(one.resources) }),
    ...(one.notResources && { NotResource: single(one.notResources) }),
    ...(one.condition && { Condition: one.condition }),
  };
}

function single(texts: readonly string[]): Json {
  const [only] = texts;
  return texts.length === 1 && only !== undefined ? only : texts;
}
