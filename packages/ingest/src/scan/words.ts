/** Odd numbers with well-spread bits, from the golden ratio and from the square root of 3. */
const FACTORS = [0x9e3779b1, 0xbb67ae85] as const;

/**
 * Hash of some bytes, read four at a time; the last word may overlap the one before it. The upper bits are best.
 *
 * Two lanes, since each step waits for the one before it. Not meant to withstand forgery: callers bound what a
 * crowded place in their tables can cost.
 */
export function hashOf(words: DataView, from: number, end: number): number {
  let odd = end - from;
  let even = 0;
  if (odd < 4) {
    for (let at = from; at < end; at++) odd = Math.imul(odd ^ words.getUint8(at), FACTORS[0]);
  } else {
    const last = end - 4;
    let at = from;
    for (; at <= last - 4; at += 8) {
      odd = Math.imul(odd ^ words.getInt32(at, true), FACTORS[0]);
      even = Math.imul(even ^ words.getInt32(at + 4, true), FACTORS[1]);
    }
    if (at < last) even = Math.imul(even ^ words.getInt32(at, true), FACTORS[1]);
    odd = Math.imul(odd ^ words.getInt32(last, true), FACTORS[0]);
  }
  const both = odd ^ (odd >>> 15) ^ even ^ (even >>> 13);
  return Math.imul(both, FACTORS[0]) >>> 0;
}

/** Whether `length` bytes here and there are the same. */
export function areSame(here: DataView, from: number, there: DataView, thereFrom: number, length: number): boolean {
  const last = length - 4;
  if (last < 0) {
    for (let at = 0; at < length; at++) {
      if (here.getUint8(from + at) !== there.getUint8(thereFrom + at)) return false;
    }
    return true;
  }
  for (let at = 0; at < last; at += 4) {
    if (here.getInt32(from + at, true) !== there.getInt32(thereFrom + at, true)) return false;
  }
  return here.getInt32(from + last, true) === there.getInt32(thereFrom + last, true);
}
