/** Authorization details or a usage record that cannot be read; says what was expected instead. */
export class ReviewInputError extends Error {
  override readonly name = 'ReviewInputError';
}
