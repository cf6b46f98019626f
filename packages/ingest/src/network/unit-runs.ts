/** An inclusive range of addresses and what a source says of it, as a number above 0. */
export interface ValuedRange {
  readonly first: bigint;
  readonly last: bigint;
  readonly value: number;
}

/** Units of one value, from `start` to the start of the next run. A unit is an IPv4 /24 or an IPv6 /48. */
export interface Run {
  readonly start: number;
  readonly value: number;
}

/**
 * One value per unit: the one that most of its addresses have, the first in the unit among equals.
 * What is not listed has no say; a unit of which nothing is listed has the value 0.
 *
 * Sources list exceptions inside wider ranges: of the ranges that hold an address, the last counts.
 *
 * @param ranges - in order of their first address, wider before narrower
 */
export function unitRuns(ranges: readonly ValuedRange[], unitBits: bigint): Run[] {
  const runs: Run[] = [{ start: 0, value: 0 }];
  let contested = -1;
  let votes = new Map<number, bigint>();
  const settle = () => {
    if (contested >= 0) addRun(runs, contested, contested + 1, winnerOf(votes));
    contested = -1;
    votes = new Map();
  };
  const vote = (unit: number, { first, last, value }: ValuedRange) => {
    if (unit !== contested) settle();
    contested = unit;
    votes.set(value, (votes.get(value) ?? 0n) + last - first + 1n);
  };
  for (const piece of disjoint(ranges)) {
    const from = piece.first >> unitBits;
    const to = (piece.last + 1n) >> unitBits;
    const wholeFrom = from << unitBits === piece.first ? from : from + 1n;
    if (wholeFrom > from) vote(Number(from), { ...piece, last: lesser(piece.last, (wholeFrom << unitBits) - 1n) });
    if (wholeFrom < to) {
      settle();
      addRun(runs, Number(wholeFrom), Number(to), piece.value);
    }
    if (to >= wholeFrom && to << unitBits <= piece.last) vote(Number(to), { ...piece, first: to << unitBits });
  }
  settle();
  return runs;
}

/** The runs of two lists over the same units, with the values of both joined by `join`. */
export function joinRuns(a: readonly Run[], b: readonly Run[], join: (a: number, b: number) => number): Run[] {
  const joined: Run[] = [];
  let [atA, atB] = [0, 0];
  let [valueA, valueB] = [0, 0];
  while (atA < a.length || atB < b.length) {
    const startA = a[atA]?.start ?? Number.POSITIVE_INFINITY;
    const startB = b[atB]?.start ?? Number.POSITIVE_INFINITY;
    const start = Math.min(startA, startB);
    if (startA === start) valueA = a[atA++]?.value ?? 0;
    if (startB === start) valueB = b[atB++]?.value ?? 0;
    const value = join(valueA, valueB);
    if (value !== joined.at(-1)?.value) joined.push({ start, value });
  }
  return joined;
}

/** Cuts ranges that overlap into pieces that do not, in order of address. */
function* disjoint(ranges: readonly ValuedRange[]): Generator<ValuedRange> {
  // Ranges begun and not over, the last one on top
  const open: ValuedRange[] = [];
  let at = 0n;
  function* upTo(end: bigint): Generator<ValuedRange> {
    for (let top = open.at(-1); top !== undefined && at < end; top = open.at(-1)) {
      const last = lesser(top.last, end - 1n);
      if (at <= last) yield { first: at, last, value: top.value };
      if (at <= last) at = last + 1n;
      if (top.last < at) open.pop();
    }
  }
  for (const range of ranges) {
    yield* upTo(range.first);
    at = range.first;
    open.push(range);
  }
  yield* upTo(1n << 128n);
}

/**
 * Adds units from `from` to before `to`, behind all others. A run of the value 0 fills a gap, and
 * neighbors of one value become one run.
 */
function addRun(runs: Run[], from: number, to: number, value: number): void {
  if (runs.at(-1)?.start === from) runs.pop();
  if (runs.at(-1)?.value !== value) runs.push({ start: from, value });
  runs.push({ start: to, value: 0 });
}

function winnerOf(votes: ReadonlyMap<number, bigint>): number {
  let [winner, most] = [0, 0n];
  for (const [value, count] of votes) if (count > most) [winner, most] = [value, count];
  return winner;
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
