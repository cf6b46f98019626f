/**
 * Lets several readers go through the same items, made once.
 *
 * Items are kept until the slowest reader has them. Readers that do the same work per item take turns of
 * their own accord, so about one item waits, however many there are in all.
 */
export function sharedReading<T>(items: Iterator<T>, readers: number): AsyncGenerator<T>[] {
  const waiting: T[] = [];
  const positions = new Array<number>(readers).fill(0);
  let dropped = 0;

  async function* read(reader: number): AsyncGenerator<T> {
    for (let position = 0; ; position++) {
      positions[reader] = position;
      while (waiting.length > 0 && Math.min(...positions) > dropped) {
        waiting.shift();
        dropped++;
      }
      if (position - dropped === waiting.length) {
        const next = items.next();
        if (next.done) {
          positions[reader] = Number.POSITIVE_INFINITY;
          return;
        }
        waiting.push(next.value);
      }
      const item = waiting[position - dropped];
      if (item !== undefined) yield item;
    }
  }

  return positions.map((_, reader) => read(reader));
}
