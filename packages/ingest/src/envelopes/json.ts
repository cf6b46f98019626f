/** An object as JSON gives it: own keys only are ever looked at by name, so `__proto__` is just a key. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parsed value, or undefined (which JSON cannot say) where the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Says which bound a parsed value passes, if any; walks without recursion and stops at the first.
 *
 * Characters of keys and strings are counted, other values as 8 bytes each: near the length of the JSON
 * text, without its escapes.
 */
export function exceeds(value: unknown, maxBytes: number, maxDepth: number): 'bytes' | 'depth' | undefined {
  const waiting: unknown[] = [value];
  const depths: number[] = [1];
  let bytes = 0;
  while (waiting.length > 0) {
    const next = waiting.pop();
    const depth = depths.pop() ?? 1;
    bytes += typeof next === 'string' ? next.length : 8;
    if (typeof next === 'object' && next !== null) {
      if (depth > maxDepth) {
        return 'depth';
      }
      for (const [key, child] of Object.entries(next)) {
        bytes += key.length;
        waiting.push(child);
        depths.push(depth + 1);
      }
    }
    if (bytes > maxBytes) {
      return 'bytes';
    }
  }
  return undefined;
}

/**
 * Whether objects and arrays nest deeper than `maxDepth`. Recursive, but no deeper than that.
 *
 * Runs on every record, so that a record's fate never depends on the container it came in. (`for … in` takes
 * seven times as long on objects fresh from JSON.parse.)
 */
export function isDeeperThan(value: object, maxDepth: number): boolean {
  if (maxDepth === 0) {
    return true;
  }
  const children: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  for (const child of children) {
    if (typeof child === 'object' && child !== null && isDeeperThan(child, maxDepth - 1)) {
      return true;
    }
  }
  return false;
}
