/** A saved state that this version cannot start from; the message says why. */
export class StateVersionError extends Error {
  override readonly name = 'StateVersionError';
}

/** None of the paths to read can be had: nothing was asked for that exists. */
export class NoReadablePathError extends Error {
  override readonly name = 'NoReadablePathError';

  constructor(reasons: readonly string[]) {
    super(reasons.length === 0 ? 'no path given; name files, folders, or - for standard input' : reasons.join('\n'));
  }
}

/** A record of the activity stream that this version cannot read. */
export class ActivityFormatError extends Error {
  override readonly name = 'ActivityFormatError';
}
