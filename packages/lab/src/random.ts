import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of chance that belongs to one thing in the world; drawing from it alters it. */
export interface Random {
  /** Uniform in [0, 1). */
  float(): number;
  /** Uniform whole number, both ends included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** One of the choices, in proportion to its weight. */
  weighted<T extends { readonly weight: number }>(choices: readonly T[]): T;
  /** Poisson count; normal approximation from a mean of 30 on. */
  count(mean: number): number;
  /** Exponential waiting time with the given mean. */
  wait(mean: number): number;
  hex(length: number): string;
  uuid(): string;
  /** Letters and digits as AWS uses them in identifiers: A–Z and 2–7. */
  base32(length: number): string;
  shuffled<T>(items: readonly T[]): T[];
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The random stream named by a path, e.g. `randomStream(seed, 'person/amara', 12)`.
 *
 * The path is hashed into the generator's whole state, so streams are unrelated and a stream depends
 * on nothing but its name: a new actor leaves what all others do as it was.
 */
export function randomStream(...path: readonly (string | number)[]): Random {
  const digest = createHash('sha256').update(path.join('\u0000')).digest();
  const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => digest.readInt32BE(offset)));

  const float = () => uniformFloat64(generator);
  const int = (min: number, max: number) => uniformInt(generator, min, max);
  const word = () => (generator.next() >>> 0).toString(16).padStart(8, '0');
  const hex = (length: number) => {
    let text = '';
    while (text.length < length) text += word();
    return text.slice(0, length);
  };

  return {
    float,
    int,
    chance: (probability) => float() < probability,
    pick: (choices) => at(choices, int(0, choices.length - 1)),
    weighted(choices) {
      let left = float() * choices.reduce((sum, choice) => sum + choice.weight, 0);
      for (const choice of choices) {
        left -= choice.weight;
        if (left < 0) return choice;
      }
      return at(choices, choices.length - 1);
    },
    count: (mean) => poisson(mean, float),
    wait: (mean) => -mean * Math.log(1 - float()),
    hex,
    uuid() {
      const digits = hex(32);
      const variant = '89ab'.charAt(Number.parseInt(digits.charAt(16), 16) & 3);
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
    },
    base32: (length) => Array.from({ length }, () => BASE32.charAt(generator.next() & 31)).join(''),
    shuffled(items) {
      const result = [...items];
      for (let last = result.length - 1; last > 0; last--) {
        const other = int(0, last);
        const kept = at(result, last);
        result[last] = at(result, other);
        result[other] = kept;
      }
      return result;
    },
  };
}

/** Knuth's product of uniforms; for larger means the sum of two uniforms' normal (Box-Muller). */
function poisson(mean: number, float: () => number): number {
  if (mean <= 0) return 0;
  if (mean >= 30) {
    const normal = Math.sqrt(-2 * Math.log(1 - float())) * Math.cos(2 * Math.PI * float());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = float(); product > limit; product *= float()) count++;
  return count;
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index} among ${items.length}`);
  return item;
}
