import type { z } from 'zod';
import { ConfigurationError } from './errors.ts';
import { responsePolicySchema } from './response-policy-schema.ts';

type Immutable<T> = T extends object ? { readonly [K in keyof T]: Immutable<T[K]> } : T;

/** Complete and checked. */
export type ResponsePolicy = Immutable<z.output<typeof responsePolicySchema>>;
export type ResponseRule = ResponsePolicy['rules'][number];
export type ResponseMode = ResponseRule['mode'];
export type Breadth = ResponseRule['breadth'];

/** What a file holds; the rest keeps its default. */
export type ResponsePolicyInput = Immutable<z.input<typeof responsePolicySchema>>;

/**
 * Gives a response policy its types; the values are checked when the file is loaded.
 *
 * @example
 * export default defineResponsePolicy({ rules: [{ id: 'ask', severity: ['CRITICAL'], mode: 'approve' }] });
 */
export function defineResponsePolicy(input: ResponsePolicyInput): ResponsePolicyInput {
  return input;
}

/**
 * Checks a response policy and fills in the defaults. Without rules nothing is ever done.
 *
 * @param where - the file as the user named it, for the message
 * @throws {ConfigurationError} nothing is cut by a policy that is half understood
 */
export function parseResponsePolicy(value: unknown, where: string): ResponsePolicy {
  const result = responsePolicySchema.safeParse(value);
  if (result.success) return result.data;
  throw new ConfigurationError(
    where,
    result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  );
}
