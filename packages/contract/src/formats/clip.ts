const CONTROL_CHARACTERS = /\p{Cc}+/gu;

/**
 * A text that fits, on one line, and never empty: formats refuse what has nothing to read in it.
 *
 * @param most - in UTF-16 units, which is how AWS counts characters; no pair of them is cut in two
 */
export function clip(text: string, most: number): string {
  const line = text.replace(CONTROL_CHARACTERS, ' ').trim().toWellFormed() || '-';
  if (line.length <= most) return line;
  const cut = line.slice(0, most - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
