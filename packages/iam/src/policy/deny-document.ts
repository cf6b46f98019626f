/**
 * A policy that can only take away: the one form of policy that we write.
 *
 * A closed grammar, far smaller than IAM's. What is outside it `parseDenyDocument` refuses, so nothing that we
 * mint can grant, whoever made it up.
 */
export interface DenyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly DenyStatement[];
}

export interface DenyStatement {
  readonly Sid: string;
  readonly Effect: 'Deny';
  /** `*`, or actions with `*` and `?` in the name: `iam:Create*`. Either this or `NotAction`. */
  readonly Action?: readonly string[];
  /** All but these; only beside a condition, so that it never means everything for everybody. */
  readonly NotAction?: readonly string[];
  /** `*`, or ARNs with `*` and `?` in their last part. */
  readonly Resource: readonly string[];
  readonly Condition?: DenyConditions;
}

/** Operator, then context key, then values; `CONDITIONS` lists which go together. */
export type DenyConditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/**
 * The document as IAM counts it: white space is free there, so none is written. Equal documents give equal text,
 * whatever order their members were written or read back in.
 */
export function documentText(document: DenyDocument): string {
  return JSON.stringify(document, (_, value: unknown) => sorted(value));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
