import { UnreadableItemError } from '../errors.ts';

/** An item as it comes from a table: nothing about its attributes is known until they are read. */
export type Item = Readonly<Record<string, unknown>>;

export function textOf(item: Item, name: string): string {
  const value = item[name];
  if (typeof value === 'string') return value;
  throw unreadable(item, name, 'text');
}

export function numberOf(item: Item, name: string): number {
  const value = item[name];
  if (typeof value === 'number') return value;
  throw unreadable(item, name, 'a number');
}

export function bytesOf(item: Item, name: string): Uint8Array {
  const value = item[name];
  // Buffers among them would differ from what was stored when compared
  if (value instanceof Uint8Array) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  throw unreadable(item, name, 'bytes');
}

/** Names the item by its keys only: what else it holds may be nobody's business. */
function unreadable({ pk, sk, actorId }: Item, name: string, expected: string): UnreadableItemError {
  return new UnreadableItemError(`item ${String(pk ?? actorId)} ${String(sk ?? '')}: ${name} is not ${expected}`);
}
