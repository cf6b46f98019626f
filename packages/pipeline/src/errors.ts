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

/** An activity record of another lane: a live lane takes nothing from a replay, nor a replay from another. */
export class ForeignActivityError extends Error {
  override readonly name = 'ForeignActivityError';

  constructor(found: string | undefined, expected: string | undefined) {
    super(`this belongs to ${laneText(found)}, and not to ${laneText(expected)}`);
  }
}

function laneText(replay: string | undefined): string {
  return replay === undefined ? 'the live lane' : `the replay ${replay}`;
}
