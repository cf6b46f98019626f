import type { EpochMs } from '@portcullis/event';
import type { Random } from '../random.ts';
import type { Caller } from '../record/caller.ts';
import { type Call, cloudTrailRecord } from '../record/cloudtrail-record.ts';
import type { SimulatedRecord } from '../world.ts';

/** A call that somebody makes now and then, in proportion to its weight. */
export interface CallHabit {
  readonly weight: number;
  readonly make: (random: Random) => Call;
}

/** Shorthand for a habit in a table of habits. */
export function habit(weight: number, make: CallHabit['make']): CallHabit {
  return { weight, make };
}

export function recorded(caller: Caller, call: Call, time: EpochMs, random: Random): SimulatedRecord {
  return { time, record: cloudTrailRecord(caller, call, time, random) };
}

/** The calls one after another from `from` on, with exponential gaps. */
export function inSequence(
  caller: Caller,
  calls: readonly Call[],
  from: EpochMs,
  meanGapMs: number,
  random: Random,
): SimulatedRecord[] {
  let time = from;
  return calls.map((call) => {
    time += random.wait(meanGapMs);
    return recorded(caller, call, time, random);
  });
}
