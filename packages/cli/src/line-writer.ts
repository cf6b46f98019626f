/** Collects text and hands it on in large pieces. */
export interface LineWriter {
  write(text: string): void;
  flush(): void;
}

const FLUSH_AT_CHARS = 64 * 1024;

/**
 * A system call per line would cost more than making the line. What waits is handed on at 64 Ki
 * characters and whenever the caller flushes.
 */
export function batchLines(handOn: (text: string) => void): LineWriter {
  let waiting = '';
  const flush = () => {
    if (waiting === '') return;
    const text = waiting;
    waiting = '';
    handOn(text);
  };
  return {
    write(text) {
      waiting += text;
      if (waiting.length >= FLUSH_AT_CHARS) flush();
    },
    flush,
  };
}
