import type { Chain } from './chain.ts';
import type { ChainCache } from './observe-hour.ts';

/** Bytes that a hash takes in memory, at most. */
const HASH_BYTES = 27;

/** Of a kind of call that evidence was kept of, at most. */
const KIND_BYTES = 500;

/**
 * Keeps the chains used last, within so many bytes. What a warm container spares itself is a read an actor and batch.
 *
 * @param maxBytes - enough for an hour of eight million events on one key (`HASH_BYTES` each): a chain that does not fit is read
 *   anew with each batch, all of it, and a shard that has such a one falls behind
 */
export function boundedChains(maxBytes = 256_000_000): ChainCache {
  const chains = new Map<string, { readonly chain: Chain; readonly bytes: number }>();
  let held = 0;
  const drop = (key: string) => {
    held -= chains.get(key)?.bytes ?? 0;
    chains.delete(key);
  };
  return {
    get: (key) => chains.get(key)?.chain,
    set(key, chain) {
      drop(key);
      const bytes = bytesOf(chain);
      chains.set(key, { chain, bytes });
      held += bytes;
      for (const oldest of chains.keys()) {
        if (held <= maxBytes) break;
        drop(oldest);
      }
    },
    delete: drop,
  };
}

function bytesOf({ hashes, parts, proven }: Chain): number {
  return parts.reduce(
    (sum, { segment }) => sum + segment.delta.length + HASH_BYTES * segment.hashes.size,
    HASH_BYTES * hashes.size + KIND_BYTES * proven.size + 500,
  );
}
