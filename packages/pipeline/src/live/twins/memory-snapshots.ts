import type { SnapshotPointer, SnapshotStore } from '../ports.ts';

export function memorySnapshots(): SnapshotStore {
  const snapshots = new Map<number, Uint8Array>();
  const begun = new Map<number, Uint8Array>();
  let pointer: SnapshotPointer | undefined;
  return {
    async pointer() {
      return pointer;
    },
    async load(version) {
      const bytes = snapshots.get(version);
      if (bytes === undefined) throw new RangeError(`there is no snapshot ${version}`);
      return bytes;
    },
    async begin(version, inputs) {
      const first = begun.get(version) ?? inputs.slice();
      begun.set(version, first);
      return first;
    },
    async save(version, bytes) {
      snapshots.set(version, bytes.slice());
    },
    async advance(to) {
      if (to.version !== (pointer?.version ?? 0) + 1) return false;
      pointer = to;
      return true;
    },
  };
}
