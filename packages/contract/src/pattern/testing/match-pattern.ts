/**
 * Whether EventBridge would let an event through; for tests.
 *
 * The part of its language that the builder uses, after the user guide ("Comparison operators for use in event patterns"):
 * fields are joined by "and", conditions of a field by "or"; of an array one element is enough, and fields of one object in an
 * array must be those of the same element; `anything-but`, like all but `exists`, asks for the field to be there.
 *
 * The table of `alert-pattern.test.ts` was also put to AWS's own matcher, Event Ruler 1.8.1: it answers the same in all rows.
 */
export function matchesPattern(event: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((condition) => holds(event, condition));
  if (Array.isArray(event)) return event.some((element) => matchesPattern(element, pattern));
  const members = isRecord(event) ? event : {};
  return isRecord(pattern) && Object.entries(pattern).every(([field, part]) => matchesPattern(members[field], part));
}

/** What a condition of an object form may hold. */
interface Conditions {
  readonly [field: string]: unknown;
  readonly exists?: unknown;
  readonly prefix?: unknown;
}

function holds(value: unknown, condition: unknown): boolean {
  if (isRecord(condition) && 'exists' in condition) {
    return condition.exists === (value !== undefined && !(Array.isArray(value) && value.length === 0));
  }
  if (Array.isArray(value)) return value.some((element) => holds(element, condition));
  if (value === undefined) return false;
  if (!isRecord(condition)) return value === condition;
  const [[operator, operand] = []] = Object.entries(condition);
  if (operator === 'prefix') return startsWith(value, operand);
  if (operator === 'numeric') return typeof value === 'number' && inRange(value, operand);
  if (operator === 'anything-but') return !isExcepted(value, operand);
  throw new Error(`no such operator: ${operator}`);
}

function isExcepted(value: unknown, operand: unknown): boolean {
  if (Array.isArray(operand)) return operand.includes(value);
  if (!isRecord(operand)) throw new Error('expected a list, or prefixes');
  return [operand.prefix].flat().some((prefix) => startsWith(value, prefix));
}

function startsWith(value: unknown, prefix: unknown): boolean {
  return typeof value === 'string' && typeof prefix === 'string' && value.startsWith(prefix);
}

function inRange(value: number, operand: unknown): boolean {
  if (!Array.isArray(operand) || operand.length !== 2 || operand[0] !== '>=')
    throw new Error('expected [">=", number]');
  return value >= operand[1];
}

function isRecord(value: unknown): value is Conditions {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
