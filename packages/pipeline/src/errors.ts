/** A saved state that this version cannot start from; the message says why. */
export class StateVersionError extends Error {
  override readonly name = 'StateVersionError';
}
