/** Stored bytes are not a baseline that this version can read. */
export class BaselineFormatError extends Error {
  override readonly name = 'BaselineFormatError';
}
