/** The bytes handed in are not a network table that this version can read. */
export class NetworkTableError extends Error {
  override readonly name = 'NetworkTableError';
}
