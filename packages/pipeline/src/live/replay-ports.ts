import type { AlertStore, BaselineStore, LivePorts, StoredBaseline } from './ports.ts';

/** An event of another lane came to the alerts of this one. */
export class WrongLaneError extends Error {
  override readonly name = 'WrongLaneError';
}

/** Alerts of one lane only: what says of itself that it was made by the other is refused, whole batches of it. */
export function alertsOf(mode: 'live' | 'replay', alerts: AlertStore): AlertStore {
  return {
    ...alerts,
    async add(entries) {
      const wrong = entries.find(({ event }) => event.detail.metadata.mode !== mode);
      if (wrong !== undefined) throw new WrongLaneError(`${wrong.key} is no event of a ${mode} lane`);
      await alerts.add(entries);
    },
  };
}

/** Before any hour that a lane could seal. */
const BEFORE_ALL = 0;

/** A store of its own for a replay, which begins with what the live lane knows: each baseline is copied when it is first asked for. */
export function copiedOnRead(own: BaselineStore, live: Pick<BaselineStore, 'load'>): BaselineStore {
  return {
    ...own,
    async load(actorIds, before) {
      const found = await own.load(actorIds, before);
      const missing = actorIds.filter((actorId) => !found.has(actorId));
      if (missing.length === 0) return found;
      // Written since, at this very seal: then it was unknown before
      const later = await own.load(missing, Number.POSITIVE_INFINITY);
      const wanted = missing.filter((actorId) => !later.has(actorId));
      const copies = [...(await live.load(wanted, Number.POSITIVE_INFINITY)).values()].map(
        (baseline): StoredBaseline => ({ ...baseline, sealEpoch: BEFORE_ALL }),
      );
      await own.save(copies);
      return new Map([...found, ...copies.map((copy) => [copy.actorId, copy] as const)]);
    },
  };
}

/** A live lane's ports for a replay: its own everywhere, with what the live one knows of actors behind it. */
export function replayPorts(own: LivePorts, live: Pick<LivePorts, 'baselines'>): LivePorts {
  return { ...own, baselines: copiedOnRead(own.baselines, live.baselines) };
}
