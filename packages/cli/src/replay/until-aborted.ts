/**
 * The same items until the signal is aborted; then it ends, without waiting for an item that may never
 * come (standard input of a terminal).
 */
export async function* untilAborted<Item>(source: AsyncIterable<Item>, signal: AbortSignal): AsyncGenerator<Item> {
  const iterator = source[Symbol.asyncIterator]();
  // Not Promise.race with one promise for the abort: that would keep every item alive until the end.
  let stopWaiting = () => {};
  signal.addEventListener('abort', () => stopWaiting());
  while (!signal.aborted) {
    const next = await new Promise<IteratorResult<Item> | undefined>((resolve, reject) => {
      stopWaiting = () => resolve(undefined);
      iterator.next().then(resolve, reject);
    });
    if (next === undefined || next.done) return;
    yield next.value;
  }
}
