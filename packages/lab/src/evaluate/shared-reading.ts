/** An item and how many readers have yet to take it. */
interface Waiting<T> {
  readonly item: T;
  left: number;
}

/**
 * Lets several readers go through the same items, made once.
 *
 * Items are kept until the slowest reader has them. Readers that do the same work per item take turns of
 * their own accord, so about one item waits, however many there are in all.
 */
export function sharedReading<T>(items: Iterator<T>, readers: number): AsyncGenerator<T>[] {
  const waiting: Waiting<T>[] = [];
  let dropped = 0;

  async function* read(): AsyncGenerator<T> {
    for (let position = 0; ; position++) {
      if (position - dropped === waiting.length) {
        const next = items.next();
        if (next.done) return;
        waiting.push({ item: next.value, left: readers });
      }
      const turn = waiting[position - dropped];
      if (turn === undefined) throw new RangeError(`item ${position} is gone before all have read it`);
      turn.left--;
      while (waiting[0]?.left === 0) {
        waiting.shift();
        dropped++;
      }
      yield turn.item;
    }
  }

  return Array.from({ length: readers }, read);
}
