import type { EpochMs } from '@portcullis/event';
import { decodeSnapshot, type SnapshotStore } from '@portcullis/pipeline/live';

type State = ReturnType<typeof decodeSnapshot>['state'];

/** The state of the pipeline as of its last seal, for questions that can bear that it is an hour old. */
export interface KnownState {
  /** What was there at the last seal. @throws where nothing was ever sealed */
  state(): Promise<Pick<State, 'lastDays' | 'accounts'>>;
}

/** Asks anew after this: a snapshot may be large. */
const KEPT_MS = 5 * 60_000;

export function knownState(snapshots: SnapshotStore, now: () => EpochMs): KnownState {
  let kept: { readonly at: EpochMs; readonly state: Promise<State> } | undefined;
  const load = async (): Promise<State> => {
    const pointer = await snapshots.pointer();
    if (pointer === undefined) throw new RangeError('nothing has been sealed yet, so nothing is known');
    return decodeSnapshot(await snapshots.load(pointer.version)).state;
  };
  return {
    state() {
      if (kept === undefined || now() - kept.at > KEPT_MS) {
        const fresh = { at: now(), state: load() };
        kept = fresh;
        fresh.state.catch(() => {
          if (kept === fresh) kept = undefined;
        });
      }
      return kept.state;
    },
  };
}
