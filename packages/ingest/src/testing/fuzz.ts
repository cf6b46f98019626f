import { expect } from 'vitest';
import { createIngest } from '../ingest.ts';
import type { IngestResult } from '../outcome.ts';
import { choicesFrom, mutatedContainer } from './mutate.ts';

/** One bad input may not hold up the rest; the slowest honest one of this size takes some 10 ms. */
const MAX_MS = 2000;

export interface FuzzCount {
  readonly containers: number;
  readonly read: number;
  readonly events: number;
  readonly functionEvents: number;
  readonly flowEvents: number;
  readonly apiEvents: number;
  readonly findingEvents: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly partial: number;
  readonly slowestMs: number;
}

/**
 * Feeds mutated containers to one ingest until it has read that many records, and checks each result. A
 * failure names its seed: `mutatedContainer(choicesFrom(seed))` is the input.
 */
export function fuzz(firstSeed: number, containers: number): FuzzCount {
  const ingest = createIngest({
    network: (address) => ({ kind: 'unknown', address, prefix: address }),
    limits: { decompressedBytes: 4 * 1024 * 1024, recordBytes: 300_000 },
  });
  const count = {
    containers,
    read: 0,
    events: 0,
    functionEvents: 0,
    flowEvents: 0,
    apiEvents: 0,
    findingEvents: 0,
    skipped: 0,
    rejected: 0,
    partial: 0,
    slowestMs: 0,
  };
  for (let seed = firstSeed; seed < firstSeed + containers; seed++) {
    const bytes = mutatedContainer(choicesFrom(seed));
    const start = performance.now();
    const result = opened(seed, () => ingest.container(bytes));
    count.slowestMs = Math.max(count.slowestMs, performance.now() - start);
    const skipped = [...result.skipped.values()].reduce((sum, value) => sum + value, 0);
    check(seed, result, skipped);
    count.read += result.read;
    count.events += result.events.length;
    count.functionEvents += result.functionEvents.length;
    count.flowEvents += result.flowEvents.length;
    count.apiEvents += result.apiEvents.length;
    count.findingEvents += result.findingEvents.length;
    count.skipped += skipped;
    count.rejected += result.rejected.length;
    count.partial += result.partial ? 1 : 0;
  }
  expect(count.slowestMs).toBeLessThan(MAX_MS);
  return count;
}

function opened(seed: number, open: () => IngestResult): IngestResult {
  try {
    return open();
  } catch (cause) {
    throw new Error(`seed ${seed} makes ingest throw`, { cause });
  }
}

function check(
  seed: number,
  { read, events, functionEvents, flowEvents, apiEvents, findingEvents, rejected, partial }: IngestResult,
  skipped: number,
): void {
  const ofOthers = [...functionEvents, ...flowEvents, ...apiEvents, ...findingEvents];
  const problems = [
    read < 1 && 'nothing was read',
    read !== events.length + ofOthers.length + skipped + rejected.length && 'read is not the sum of its parts',
    rejected.some(({ position }) => position === '') && !partial && read > 1 && 'a rejection without position',
    events.some(({ id, time, actor }) => id === '' || !Number.isFinite(time) || actor.id === '') &&
      'an event without key',
    functionEvents.some(({ id, time, of }) => id === '' || !Number.isFinite(time) || of.name === '') &&
      'a line of a function without key',
    [...flowEvents, ...apiEvents].some(({ id, time }) => id === '' || !Number.isFinite(time)) &&
      'a flow or a request without key',
    findingEvents.some(({ id, time, actor }) => id === '' || !Number.isFinite(time) || actor.id === '') &&
      'a finding without key',
    longestText(findingEvents) > 4096 && 'a finding that holds on to a huge text',
    longestText([...flowEvents, ...apiEvents]) > 4096 && 'a flow or a request that holds on to a huge text',
    longestText(functionEvents) > 1024 && 'a line of a function that is kept',
    longestText(events) > 4096 && 'an event that holds on to a huge text',
  ].filter((problem) => problem !== false);
  if (problems.length > 0) {
    throw new Error(`seed ${seed}: ${problems.join('; ')}`);
  }
  // What is kept for the list of rejects has to go out as JSON again.
  JSON.stringify(rejected);
}

function longestText(value: unknown): number {
  if (typeof value === 'string') {
    return value.length;
  }
  if (typeof value !== 'object' || value === null) {
    return 0;
  }
  return Object.values(value).reduce<number>((longest, child) => Math.max(longest, longestText(child)), 0);
}
