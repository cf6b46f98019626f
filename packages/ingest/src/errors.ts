/** A limit that cannot work, found when the ingest is set up. */
export class InvalidLimitError extends Error {
  override readonly name = 'InvalidLimitError';

  constructor(limit: string, value: number, example: number) {
    super(`limit ${limit} must be a whole number of at least 1, got ${value}; the default is ${example}`);
  }
}
