import { FEATURES, type Feature, perFeature } from './feature.ts';
import { emptyPopulation, type Group, type NoveltyStatistics, type Population } from './population.ts';

interface StoredGroup {
  readonly actors: number;
  readonly counts: Group['counts'];
  /** Pairs of value hash and users, flat, in the order in which they make room. */
  readonly users: Readonly<Record<Feature, readonly number[]>>;
}

/** A population as plain JSON values. */
export interface StoredPopulation {
  readonly account: StoredGroup;
  readonly peers: readonly (readonly [string, StoredGroup])[];
  readonly novelty: NoveltyStatistics;
}

export function encodePopulation({ account, peers, novelty }: Population): StoredPopulation {
  return {
    account: storeGroup(account),
    peers: [...peers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, group]) => [name, storeGroup(group)] as const),
    novelty,
  };
}

export function decodePopulation({ account, peers, novelty }: StoredPopulation): Population {
  return {
    ...emptyPopulation(),
    account: restoreGroup(account),
    peers: new Map(peers.map(([name, group]) => [name, restoreGroup(group)])),
    novelty,
  };
}

function storeGroup({ actors, counts, users }: Group): StoredGroup {
  return { actors, counts, users: perFeature((feature) => [...users[feature]].flat()) };
}

function restoreGroup({ actors, counts, users }: StoredGroup): Group {
  const restored: Record<Feature, Map<number, number>> = perFeature(() => new Map());
  for (const feature of FEATURES) {
    const flat = users[feature];
    for (let at = 0; at + 1 < flat.length; at += 2) restored[feature].set(flat[at] ?? 0, flat[at + 1] ?? 0);
  }
  return { actors, counts, users: restored };
}
