export {
  type AlertPatternOptions,
  alertPattern,
  type EventPattern,
  MAX_PATTERN_CHARACTERS,
  type NestedPattern,
} from './alert-pattern.ts';
export { PatternError } from './errors.ts';
export type { Condition, FieldPattern } from './field-pattern.ts';
