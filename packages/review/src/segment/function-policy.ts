import { ReviewInputError } from '../errors.ts';
import { isObject, type Json, listOf, textOf, textsOf } from '../policy/json.ts';
import { type TrustedPrincipal, trustOf } from '../policy/statement.ts';

/** A statement of a function's resource policy: who may invoke it. */
export interface InvokeStatement {
  readonly sid: string;
  readonly effect: 'Allow' | 'Deny';
  readonly principals: readonly TrustedPrincipal[];
  /** Patterns of `aws:SourceArn`; none where the statement does not ask. */
  readonly sourceArns: readonly string[];
  readonly written: Readonly<Record<string, Json>>;
}

/** The resource policy of a function, as `lambda get-policy` prints it. */
export interface FunctionPolicy {
  readonly functionArn: string;
  readonly statements: readonly InvokeStatement[];
}

/** @throws {ReviewInputError} for what is no policy of a function */
export function functionPolicy(document: unknown): FunctionPolicy {
  const trusts = trustOf(document);
  const arns = trusts?.flatMap(({ written }) => textsOf(written.Resource)) ?? [];
  const functionArn = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+/.exec(arns[0] ?? '')?.[0];
  if (trusts === undefined || functionArn === undefined)
    throw new ReviewInputError('Policy: no resource policy of a function');
  return {
    functionArn,
    statements: trusts.map(({ effect, principals, written }, index) => ({
      sid: textOf(written.Sid) || `statement ${index + 1}`,
      effect,
      principals,
      sourceArns: sourceArns(written.Condition),
      written,
    })),
  };
}

function sourceArns(condition: Json | undefined): readonly string[] {
  if (!isObject(condition)) return [];
  return Object.values(condition).flatMap((tested) =>
    !isObject(tested)
      ? []
      : Object.entries(tested).flatMap(([key, values]) =>
          key.toLowerCase() === 'aws:sourcearn' ? listOf(values).filter((value) => typeof value === 'string') : [],
        ),
  );
}
