import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

/** The time, whatever the clock was set to. */
export const trueNow = Date.now;

let ahead: number | undefined;

/** Has the clock of this process say another time, and go on from there; waiting for nothing but time is over at once. */
export function setClock(at: number): void {
  ahead = at - trueNow();
}

// Before anybody takes the clock for later use
Date.now = () => trueNow() + (ahead ?? 0);
const wait = timers.setTimeout;
const waitOrPass: typeof wait = async (milliseconds = 0, value, options) => {
  if (ahead === undefined) return wait(milliseconds, value, options);
  ahead += milliseconds;
  return wait(0, value, options);
};
timers.setTimeout = waitOrPass;
syncBuiltinESMExports();

// For commands that are started with it: node --import
const { PORTCULLIS_TEST_CLOCK } = process.env;
if (PORTCULLIS_TEST_CLOCK) setClock(Number(PORTCULLIS_TEST_CLOCK));
