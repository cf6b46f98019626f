import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeLogFiles } from '../delivery/write-log-files.ts';
import { type LoadOptions, mixedLoad } from './mixed-load.ts';

const SEED = 1;
/** Raise when the load itself changes, so that older files are not taken for it. */
const LOAD_VERSION = 3;

export interface CachedLoad {
  /** What to replay. */
  readonly folder: string;
  readonly files: number;
  readonly records: number;
  /** Compressed. */
  readonly bytes: number;
}

/** The load as files below `cache`, written on the first call and kept for the next. */
export function cachedLoad(cache: string, name: string, options: LoadOptions): CachedLoad {
  const base = join(cache, name);
  const manifest = `${base}.json`;
  const made = JSON.stringify({ LOAD_VERSION, SEED, ...options });
  if (existsSync(manifest)) {
    const known: { made: string; load: CachedLoad } = JSON.parse(readFileSync(manifest, 'utf8'));
    if (known.made === made) return known.load;
  }
  rmSync(manifest, { force: true });
  rmSync(base, { recursive: true, force: true });
  const load: CachedLoad = { folder: base, ...writeLogFiles(base, mixedLoad(options, SEED)) };
  writeFileSync(manifest, JSON.stringify({ made, load }));
  return load;
}
