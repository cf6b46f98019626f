import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { createIngest, type Ingest } from '../ingest.ts';
import { json, RECORDS } from './containers.ts';
import { choicesFrom } from './mutate.ts';
import { wrongJson } from './wrong-json.ts';

const network = (address: string) => ({ kind: 'unknown' as const, address, prefix: address });

/**
 * Opens containers twice: as they are, so that records are scanned where their form allows it, and with a blank in
 * front, which CloudTrail never writes, so that they are parsed. One ingest each, so that what they remember shows.
 */
export function openedEitherWay(): (bytes: Buffer) => { readonly scanned: unknown; readonly parsed: unknown } {
  const [scanning, parsing] = [createIngest({ network }), createIngest({ network })];
  return (bytes) => ({
    scanned: resultOf(scanning, bytes),
    parsed: resultOf(parsing, Buffer.concat([Buffer.from(' '), bytes])),
  });
}

function resultOf(ingest: Ingest, bytes: Buffer): unknown {
  return ingest.container(bytes);
}

/** Damages S3 objects and compares what comes of those that are JSON still; returns how many were. */
export function compareEitherWay(firstSeed: number, containers: number): number {
  const open = openedEitherWay();
  let compared = 0;
  for (let seed = firstSeed; seed < firstSeed + containers; seed++) {
    const choices = choicesFrom(seed);
    const records = Array.from({ length: 1 + choices.below(4) }, () => choices.oneOf(RECORDS));
    const bytes = wrongJson(choices, json({ Records: records }));
    if (!isJson(bytes)) continue;
    const { scanned, parsed } = open(bytes);
    // Many times as fast, and no less strict
    if (!isDeepStrictEqual(scanned, parsed)) expect(scanned, `seed ${seed}`).toEqual(parsed);
    compared += 1;
  }
  return compared;
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString());
    return true;
  } catch {
    return false;
  }
}
