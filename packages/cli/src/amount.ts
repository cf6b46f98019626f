/** `1 event`, `1,204 events`. */
export function amount(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `1,234,567`. Not by `toLocaleString`, which takes 30 ms to load what it knows of all languages. */
export function grouped(count: number): string {
  return count.toFixed().replace(/\B(?=(?:\d{3})+$)/g, ',');
}
