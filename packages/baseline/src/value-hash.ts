/**
 * 32-bit hash under which a baseline remembers a value (FNV-1a with a final avalanche).
 *
 * An actor keeps at most a few hundred values per feature, so two of them share a hash about once in
 * ten million actors; the price would be one value wrongly taken for known.
 *
 * @returns a signed 32-bit integer, cheap as a Map key
 */
export function valueHash(value: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < value.length; i++) {
    hash = Math.imul(hash ^ value.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
