/** Something was refused or unreachable; another try is worth it. */
export class FailedForNowError extends Error {
  override readonly name = 'FailedForNowError';

  /** @param reasons - each once */
  constructor(what: string, reasons: readonly string[]) {
    super(`${what}: ${reasons.join('; ')}`);
  }
}
