import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createIngest } from './ingest.ts';

const RECORDINGS = new URL('../../../../shared/data/dev/', import.meta.url).pathname;
const COUNTER = new URL('../../../test/independent-count.py', import.meta.url).pathname;

function logFiles(): string[] {
  return readdirSync(RECORDINGS, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(json|ndjson|gz)$/.test(name))
    .map((name) => join(RECORDINGS, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}

/** Needs Python 3, hence not among the unit tests. */
it.skipIf(!existsSync(RECORDINGS))('counts every file as the independent counter does', () => {
  const files = logFiles();
  const ingest = createIngest({ network: (address) => ({ kind: 'unknown', address, prefix: address }) });

  const ours = files.map((file) => {
    const { read, events } = ingest.container(readFileSync(file));
    return {
      file,
      read,
      events: events.length,
      unique: new Set(events.map(({ account, id }) => `${account} ${id}`)).size,
    };
  });

  const theirs = execFileSync('python3', [COUNTER, ...files], { encoding: 'utf8', maxBuffer: 1e8 })
    .split('\n')
    .filter((line) => line.startsWith('{"file"'))
    .map((line) => JSON.parse(line))
    .map(({ file, read, unique, kinds }) => ({ file, read, events: kinds.event ?? 0, unique }));
  expect(ours).toEqual(theirs);
});
