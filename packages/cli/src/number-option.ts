import { UsageError } from './errors.ts';

/** Bounds of an option that takes a number. */
export interface NumberBounds {
  readonly min: number;
  readonly max?: number;
  /** Fractions are allowed. */
  readonly fraction?: boolean;
}

/**
 * Reads the number of an option.
 *
 * @throws {UsageError} naming the option and what it takes
 */
export function parseNumber(text: string, option: string, { min, max, fraction = false }: NumberBounds): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  const fits =
    Number.isFinite(value) && value >= min && value <= (max ?? value) && (fraction || Number.isInteger(value));
  if (fits) return value;
  const sort = fraction ? 'a number' : 'a whole number';
  const range = max === undefined ? `of at least ${min}` : `from ${min} to ${max}`;
  throw new UsageError(`${option}: "${text}" is not ${sort} ${range}`);
}

/**
 * Reads a list of words, of which only certain ones are known.
 *
 * @throws {UsageError} naming the option, the wrong word and the known ones
 */
export function parseWords<Word extends string>(text: string, option: string, known: readonly Word[]): readonly Word[] {
  const words = text.split(',').map((word) => word.trim());
  return words.map((word) => {
    const match = known.find((candidate) => candidate === word);
    if (match === undefined) throw new UsageError(`${option}: "${word}" is none of ${known.join(', ')}`);
    return match;
  });
}
