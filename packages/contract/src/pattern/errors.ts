/** Options that make no pattern. Thrown where a rule is made, so before anything is subscribed. */
export class PatternError extends RangeError {
  override readonly name = 'PatternError';
}
