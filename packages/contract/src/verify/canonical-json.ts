/** Deeper than anything of the contract; a hostile event must not exhaust the stack. */
const MAX_DEPTH = 64;

/**
 * The one text of a JSON value, however it was written: RFC 8785 (JCS).
 *
 * Members are sorted by UTF-16 code units, numbers are written as ECMAScript does, nothing is padded. On its way, EventBridge
 * parses an event and writes it anew, so only such a text is the same on both ends. Members that are `undefined` are left out, as in
 * `JSON.stringify`; halves of surrogate pairs, which RFC 8785 forbids, become U+FFFD.
 *
 * @throws {TypeError} where a value has no JSON form; {RangeError} where it is nested too deep
 */
export function canonicalJson(value: unknown): string {
  return canonical(value, 0);
}

function canonical(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new RangeError(`nested deeper than ${MAX_DEPTH}`);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed());
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`no JSON form: ${typeof value}`);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name.toWellFormed())}:${canonical(member, depth + 1)}`);
  return `{${members.join(',')}}`;
}
