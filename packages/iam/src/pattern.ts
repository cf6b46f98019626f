/**
 * Whether an IAM pattern covers a text: `*` stands for any run of characters, `?` for one.
 *
 * Actions are compared without regard to capitals, resources exactly. A pattern that is too long to cover the text is
 * refused before it costs anything.
 *
 * @param wide - the text is a pattern as well, and all that it stands for has to be covered: its stars by stars
 */
export function matchesPattern(pattern: string, text: string, { exact = false, wide = false } = {}): boolean {
  const longest = 2 * text.length + 1;
  const collapsed = pattern.length > longest ? pattern.replace(/\*+/g, '*') : pattern;
  if (collapsed.length > longest) return false;
  const glob = exact ? collapsed : collapsed.toLowerCase();
  const subject = exact ? text : text.toLowerCase();
  let at = 0;
  let inGlob = 0;
  let star = -1;
  let afterStar = 0;
  while (at < subject.length) {
    const sign = glob[inGlob];
    if (sign === '*') {
      star = inGlob++;
      afterStar = at;
    } else if (sign !== undefined && (sign === subject[at] || (sign === '?' && !(wide && subject[at] === '*')))) {
      inGlob++;
      at++;
    } else if (star >= 0) {
      inGlob = star + 1;
      at = ++afterStar;
    } else {
      return false;
    }
  }
  while (glob[inGlob] === '*') inGlob++;
  return inGlob === glob.length;
}
