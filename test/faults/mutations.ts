import type { LivePorts, Published } from '@portcullis/pipeline/live';
import type { MemoryPorts } from '@portcullis/pipeline/twins';

/** A bug planted on purpose, to see that the suite would find it. */
export interface Mutation {
  readonly name: string;
  readonly why: string;
  /** Seeds, from 1 on, of which one finds it. */
  readonly caughtWithin: number;
  /** Made anew for each process, so that what one holds back dies with it. */
  ports?(base: MemoryPorts): LivePorts;
  readonly noCache?: boolean;
  /** A shard's position moves on before the batch is done. */
  readonly positionEarly?: boolean;
  publish?(ports: LivePorts, now: number): Promise<Published | undefined>;
}

/** Newest snapshot in each world, pointed at or not. */
const newestOf = new WeakMap<MemoryPorts, number>();

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'publish before save',
    caughtWithin: 5,
    why: 'the bus hears of an alert that a crash then makes nobody know of',
    ports: (base) => ({
      ...base,
      alerts: {
        ...base.alerts,
        async add(entries) {
          await base.sink.publish(entries.map(({ event }) => event));
          await base.alerts.add(entries);
        },
      },
    }),
  },
  {
    name: 'no dedupe',
    caughtWithin: 5,
    why: 'what is delivered again is counted again',
    noCache: true,
    ports: (base) => ({
      ...base,
      segments: {
        ...base.segments,
        async load(...of) {
          return (await base.segments.load(...of)).map((segment) => ({
            ...segment,
            bytes: withoutHashes(segment.bytes),
          }));
        },
      },
    }),
  },
  {
    name: 'position saved early',
    caughtWithin: 5,
    why: 'what a crash interrupts never comes again',
    positionEarly: true,
  },
  {
    name: 'pointer saved early',
    caughtWithin: 5,
    why: 'the hour counts as sealed before all has learned from it',
    ports: (base) => {
      let late: (() => Promise<void>)[] = [];
      return {
        ...base,
        baselines: {
          ...base.baselines,
          async save(baselines) {
            late.push(() => base.baselines.save(baselines));
          },
        },
        segments: {
          ...base.segments,
          async sealed(sealEpoch) {
            const now = late;
            late = [];
            for (const save of now.slice(-1)) await save();
            await base.segments.sealed(sealEpoch);
          },
        },
      };
    },
  },
  {
    name: 'lost outbox',
    caughtWithin: 5,
    why: 'an alert counts as published before the bus has it',
    async publish(ports, now) {
      const waiting = await ports.alerts.pending(100);
      await ports.alerts.published(
        waiting.map(({ key }) => key),
        now,
      );
      await ports.sink.publish(waiting.map(({ event }) => event));
      return undefined;
    },
  },
  {
    name: 'snapshot read by wall clock',
    caughtWithin: 5,
    why: 'the newest snapshot may be one that nobody has pointed at yet',
    ports: (base) => {
      return {
        ...base,
        snapshots: {
          ...base.snapshots,
          load: (version) => base.snapshots.load(Math.max(version, newestOf.get(base) ?? 0)),
          async save(version, bytes) {
            newestOf.set(base, Math.max(newestOf.get(base) ?? 0, version));
            await base.snapshots.save(version, bytes);
          },
        },
      };
    },
  },
];

/** @throws where there is none of that name */
export function mutationOf(name: string | undefined): Mutation | undefined {
  const mutation = MUTATIONS.find((one) => one.name === name);
  if (name === undefined || mutation !== undefined) return mutation;
  throw new Error(`mutations are: ${MUTATIONS.map((one) => one.name).join(', ')}`);
}

/** The head of a segment says how many hashes follow, 8 bytes each. */
function withoutHashes(bytes: Uint8Array): Uint8Array {
  const count = new DataView(bytes.buffer, bytes.byteOffset).getUint32(2);
  const head = bytes.slice(0, 6);
  new DataView(head.buffer).setUint32(2, 0);
  return Buffer.concat([head, bytes.subarray(6 + 8 * count)]);
}
