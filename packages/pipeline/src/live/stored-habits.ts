import { decodeBaseline } from '@portcullis/baseline';
import type { EpochMs } from '@portcullis/event';
import type { UsualBehavior } from '@portcullis/respond';
import { usualBehavior } from '../usual-behavior.ts';
import type { StoredBaseline } from './ports.ts';

/** What an actor did before a day, by its baseline as it is stored; without one, nothing is usual. */
export function storedHabits(stored: StoredBaseline | undefined, actorId: string, before: EpochMs): UsualBehavior {
  const baselines = new Map(stored === undefined ? [] : [[actorId, decodeBaseline(stored.bytes)]]);
  return usualBehavior({ baselines }, actorId, before);
}
