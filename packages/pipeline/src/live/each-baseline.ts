import { type ActorBaseline, decodeBaseline } from '@portcullis/baseline';
import type { KnownActor } from '../pipeline-state.ts';
import type { LivePorts } from './ports.ts';
import { decodeSnapshot } from './snapshot-codec.ts';

/** Loaded together; some 50 KB each once they are read. */
const BATCH = 200;

/** One actor as of its latest seal. */
export interface LiveBaseline {
  readonly actorId: string;
  readonly baseline: ActorBaseline;
  readonly known: KnownActor | undefined;
}

/** All baselines of a live lane, a few at a time; none before the first seal. One that was forgotten meanwhile is passed over. */
export async function* eachBaseline({
  snapshots,
  baselines,
}: Pick<LivePorts, 'snapshots' | 'baselines'>): AsyncGenerator<LiveBaseline> {
  const pointer = await snapshots.pointer();
  if (pointer === undefined) return;
  const { state } = decodeSnapshot(await snapshots.load(pointer.version));
  const ids = [...state.lastDays.keys()].sort();
  for (let from = 0; from < ids.length; from += BATCH) {
    for (const [actorId, { bytes, known }] of await baselines.load(
      ids.slice(from, from + BATCH),
      Number.POSITIVE_INFINITY,
    )) {
      yield { actorId, baseline: decodeBaseline(bytes), known };
    }
  }
}
