import {
  type Calibration,
  emptyCalibration,
  learnDay,
  restoreCalibration,
  type StoredCalibration,
  storeCalibration,
} from '@portcullis/score';
import { byKey } from './by-key.ts';

/**
 * Days of history below which nothing is learned about what normal days say: while all is new to everybody,
 * no day is normal.
 */
export const SETTLING_DAYS = 7;

/** Days that are not over yet: what each channel said at most, by actor. */
interface OpenDay {
  readonly day: number;
  readonly maxima: Map<string, number>;
}

/** What normal days of this deployment say, and the days that are still open. */
export interface LearnedCalibration {
  calibration: Calibration;
  readonly openDays: Map<string, OpenDay>;
  /** First day that anything was seen. */
  firstDay: number | undefined;
}

export function emptyLearnedCalibration(): LearnedCalibration {
  return { calibration: emptyCalibration(), openDays: new Map(), firstDay: undefined };
}

/** Adds what an epoch of an actor said to its day. Changes `learned` in place. */
export function addToDay(
  learned: LearnedCalibration,
  actorId: string,
  day: number,
  maxima: ReadonlyMap<string, number>,
): void {
  learned.firstDay ??= day;
  if (day < learned.firstDay + SETTLING_DAYS) return;
  let open = learned.openDays.get(actorId);
  if (open === undefined || open.day !== day) {
    open = { day, maxima: new Map() };
    learned.openDays.set(actorId, open);
  }
  for (const [channel, bits] of maxima) open.maxima.set(channel, Math.max(open.maxima.get(channel) ?? 0, bits));
}

/**
 * Counts the days that are over. Those of actors under alert are no normal days and are left out. Sums only,
 * so the order of the actors does not matter.
 */
export function finishDays(learned: LearnedCalibration, today: number, isNormal: (actorId: string) => boolean): void {
  for (const [actorId, { day, maxima }] of learned.openDays) {
    if (day >= today) continue;
    if (isNormal(actorId)) learnDay(learned.calibration, maxima);
    learned.openDays.delete(actorId);
  }
}

/** The same as plain JSON values. */
export interface StoredLearned {
  readonly firstDay: number | null;
  readonly calibration: StoredCalibration;
  readonly openDays: readonly (readonly [
    actorId: string,
    day: number,
    maxima: readonly (readonly [string, number])[],
  ])[];
}

export function storeLearned({ calibration, openDays, firstDay }: LearnedCalibration): StoredLearned {
  return {
    firstDay: firstDay ?? null,
    calibration: storeCalibration(calibration),
    openDays: byKey(openDays).map(([actorId, { day, maxima }]) => [actorId, day, byKey(maxima)] as const),
  };
}

/** Puts what was stored into `learned`, which is empty. */
export function restoreLearned(learned: LearnedCalibration, { firstDay, calibration, openDays }: StoredLearned): void {
  learned.firstDay = firstDay ?? undefined;
  learned.calibration = restoreCalibration(calibration);
  for (const [actorId, day, maxima] of openDays) learned.openDays.set(actorId, { day, maxima: new Map(maxima) });
}
