import { PatternError } from './errors.ts';

/** One thing that EventBridge asks of a field. */
export type Condition =
  | string
  | { readonly prefix: string }
  | { readonly numeric: readonly (string | number)[] }
  | { readonly exists: boolean }
  | { readonly 'anything-but': readonly string[] | { readonly prefix: string | readonly string[] } };

/** What a field may be; one is enough. */
export type FieldPattern = readonly Condition[];

/** EventBridge compares numbers with six digits behind the point. */
const DECIMALS = 1e6;

/** One of these; `x*` stands for all that begin with `x`. */
export function oneOf(option: string, values: readonly string[]): FieldPattern;
export function oneOf(option: string, values: readonly string[] | undefined): FieldPattern | undefined;
export function oneOf(option: string, values: readonly string[] | undefined): FieldPattern | undefined {
  if (values === undefined) return undefined;
  return checked(option, values).map((value) => (value.endsWith('*') ? { prefix: value.slice(0, -1) } : value));
}

/**
 * None of these; `x*` stands for all that begin with `x`.
 *
 * Conditions of a field are joined by "or", so values and prefixes can't both be excepted: each lets through what the other holds back.
 */
export function except(option: string, values: readonly string[]): FieldPattern {
  const prefixes = checked(option, values)
    .filter((value) => value.endsWith('*'))
    .map((value) => value.slice(0, -1));
  if (prefixes.length === 0) return [{ 'anything-but': values }];
  if (prefixes.length === values.length) {
    const [prefix = '', ...more] = prefixes;
    return [{ 'anything-but': { prefix: more.length === 0 ? prefix : prefixes } }];
  }
  throw new PatternError(`${option}: takes either whole values or values that end in *, not both`);
}

/** One of these or none of those; not both, which a pattern cannot say of one field. */
export function either(
  option: string,
  values: readonly string[] | undefined,
  exceptOption: string,
  excepted: readonly string[] | undefined,
): FieldPattern | undefined {
  if (excepted === undefined) return oneOf(option, values);
  if (values !== undefined) throw new PatternError(`${option} and ${exceptOption}: a pattern takes one of them`);
  return except(exceptOption, excepted);
}

/** This one or those that come after it. */
export function atLeast<const Name extends string>(
  option: string,
  lowest: Name | undefined,
  ascending: readonly Name[],
): FieldPattern | undefined {
  if (lowest === undefined) return undefined;
  const index = ascending.indexOf(lowest);
  if (index < 0) throw new PatternError(`${option}: takes ${ascending.join(', ')}, not ${lowest}`);
  return index === 0 ? undefined : ascending.slice(index);
}

export function numbersFrom(
  option: string,
  lowest: number | undefined,
  range: { readonly lowest: number; readonly highest: number },
): FieldPattern | undefined {
  if (lowest === undefined) return undefined;
  if (!(lowest >= range.lowest && lowest <= range.highest)) {
    throw new PatternError(`${option}: takes a number from ${range.lowest} to ${range.highest}, not ${lowest}`);
  }
  return [{ numeric: ['>=', Math.ceil(lowest * DECIMALS) / DECIMALS] }];
}

/** A list of nothing would match nothing, and a lone `*` everything; neither is what somebody means. */
function checked(option: string, values: readonly string[]): readonly string[] {
  if (values.length === 0) throw new PatternError(`${option}: takes at least one value`);
  for (const value of values) {
    if (!/^[^*]+\*?$/.test(value)) {
      throw new PatternError(`${option}: takes values, or the beginning of values with * behind it, not "${value}"`);
    }
  }
  return values;
}
