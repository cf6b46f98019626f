/** Texts held at once: what a busy hour says, in every wording. */
const MAX_HELD = 8192;

const held = new Map<string, string>();

/**
 * One string for all equal texts: many actors and values are spoken of in the same words, and episodes keep them for
 * days. Held within bounds; what was forgotten is merely kept twice.
 */
export function sharedText(text: string): string {
  const known = held.get(text);
  if (known !== undefined) return known;
  if (held.size === MAX_HELD) held.clear();
  held.set(text, text);
  return text;
}
