import { MINUTE_MS, SECOND_MS } from '@portcullis/event';
import type { Caller } from '../record/caller.ts';
import { type Call, cloudTrailRecord } from '../record/cloudtrail-record.ts';
import type { SimulatedActor } from '../world.ts';

/** Calls that one identity makes in a row, for one purpose. */
export interface AttackStep {
  /** Kebab-case, unique in the story. */
  readonly id: string;
  /** What a responder would write about it. */
  readonly title: string;
  /** Minutes after the story begins. */
  readonly atMinutes: number;
  readonly caller: Caller;
  readonly calls: readonly AttackCall[];
}

export interface AttackCall {
  /** ATT&CK technique, v19.1. */
  readonly technique: string;
  readonly call: Call;
}

export interface AttackStory extends SimulatedActor {
  readonly steps: readonly AttackStep[];
}

/** Several calls for the same technique. */
export function toThisEnd(technique: string, ...calls: readonly Call[]): readonly AttackCall[] {
  return calls.map((call) => ({ technique, call }));
}

/** Plays the steps from the `startMinute`-th minute of one day on; calls follow each other by hand or by small script. */
export function attackStory(
  id: string,
  { dayIndex, startMinute }: { readonly dayIndex: number; readonly startMinute: number },
  steps: readonly AttackStep[],
): AttackStory {
  return {
    id,
    steps,
    act(day, random) {
      if (day.index !== dayIndex) return [];
      return steps.flatMap(({ id: step, atMinutes, caller, calls }) => {
        let time = day.start + (startMinute + atMinutes) * MINUTE_MS;
        return calls.map(({ technique, call }) => {
          time += SECOND_MS + random.wait(14 * SECOND_MS);
          return { time, record: cloudTrailRecord(caller, call, time, random), label: { story: id, step, technique } };
        });
      });
    },
  };
}
