import type { BaselineStore, StoredBaseline } from '../ports.ts';

interface Versions {
  readonly latest: StoredBaseline;
  readonly before: StoredBaseline | undefined;
  /** More has been written than is kept. */
  readonly older: boolean;
}

/** Baselines in memory, two versions of each. `latest` is for tests. */
export interface MemoryBaselines extends BaselineStore {
  latest(): ReadonlyMap<string, StoredBaseline>;
}

export function memoryBaselines(): MemoryBaselines {
  const kept = new Map<string, Versions>();
  return {
    latest: () => new Map([...kept].map(([actorId, { latest }]) => [actorId, latest])),
    async load(actorIds, before) {
      const found = new Map<string, StoredBaseline>();
      for (const actorId of actorIds) {
        const versions = kept.get(actorId);
        if (versions === undefined) continue;
        const version = [versions.latest, versions.before].find((known) => known && known.sealEpoch < before);
        if (version !== undefined) found.set(actorId, version);
        else if (versions.older) throw new RangeError(`no baseline of ${actorId} before seal ${before} is kept`);
      }
      return found;
    },
    async save(baselines) {
      for (const baseline of baselines) {
        const known = kept.get(baseline.actorId);
        const copy = { ...baseline, bytes: baseline.bytes.slice() };
        if (known === undefined) kept.set(baseline.actorId, { latest: copy, before: undefined, older: false });
        else if (known.latest.sealEpoch === baseline.sealEpoch) kept.set(baseline.actorId, { ...known, latest: copy });
        else if (known.latest.sealEpoch < baseline.sealEpoch) {
          kept.set(baseline.actorId, {
            latest: copy,
            before: known.latest,
            older: known.before !== undefined || known.older,
          });
        }
      }
    },
    async forget(actorIds) {
      for (const actorId of actorIds) kept.delete(actorId);
    },
  };
}
