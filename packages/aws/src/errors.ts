/** Something is larger than the service that should keep it takes. Trying again does not help. */
export class TooLargeError extends RangeError {
  override readonly name = 'TooLargeError';

  /** @param what - names the thing: `baseline of 123456789012/role/AROA…` */
  constructor(what: string, bytes: number, maxBytes: number) {
    super(`${what} has ${bytes} bytes; at most ${maxBytes} are taken`);
  }
}

/** A service went on refusing part of a request. Trying again later may help. */
export class StillRefusedError extends Error {
  override readonly name = 'StillRefusedError';

  constructor(what: string, refused: number, reason: string) {
    super(`${what}: ${refused} were refused to the end: ${reason}`);
  }
}

/** Stored bytes that this version can't read. */
export class UnreadableItemError extends Error {
  override readonly name = 'UnreadableItemError';
}
