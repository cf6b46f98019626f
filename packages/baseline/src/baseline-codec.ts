import { type ActorBaseline, byFrequency, emptyBaseline, type FeatureMemory } from './actor-baseline.ts';
import { ByteReader, ByteWriter } from './byte-buffer.ts';
import type { CountMemory } from './count-memory.ts';
import { BaselineFormatError } from './errors.ts';
import { FEATURES, type Feature } from './feature.ts';

/** Raised when the layout changes; older versions get a migration here, newer ones are refused. */
const VERSION = 1;

/** Values stored with their text; they are what alerts show as usual. */
const NAMED_VALUES = 6;

/**
 * A sealed baseline as bytes, the same for replay files and tables.
 *
 * About 120 bytes, and 8 to 10 for each remembered value, and the texts of the most frequent ones.
 * Equal baselines give equal bytes. Features go by name, so one added later starts empty and one
 * taken away is skipped.
 */
export function encodeBaseline(baseline: ActorBaseline): Uint8Array {
  const out = new ByteWriter();
  out.varint(VERSION);
  out.varint(baseline.firstDay);
  out.varint(baseline.lastDay - baseline.firstDay);
  out.varint(baseline.activeDays);
  out.float64(baseline.fadedDays);
  out.varint(baseline.events);
  out.varint(baseline.today);
  writeCounts(out, baseline.hourly);
  writeCounts(out, baseline.daily);
  out.varint(FEATURES.length);
  for (const feature of FEATURES) {
    out.text(feature);
    writeFeature(out, baseline.features[feature], baseline.lastDay);
  }
  return out.finish();
}

/** @throws BaselineFormatError where the bytes are cut, damaged or of a version not known here */
export function decodeBaseline(bytes: Uint8Array): ActorBaseline {
  const input = new ByteReader(bytes);
  const version = input.varint();
  if (version !== VERSION) {
    throw new BaselineFormatError(`baseline version ${version}; this release reads version ${VERSION}`);
  }
  const firstDay = input.varint();
  const baseline = emptyBaseline(firstDay);
  baseline.lastDay = firstDay + input.varint();
  baseline.activeDays = input.varint();
  baseline.fadedDays = input.float64();
  baseline.events = input.varint();
  baseline.today = input.varint();
  readCounts(input, baseline.hourly);
  readCounts(input, baseline.daily);
  const features = input.varint();
  for (let i = 0; i < features; i++) {
    const name = input.text();
    const known = FEATURES.find((feature: Feature) => feature === name);
    const memory = known === undefined ? { values: new Map(), fadedNew: 0 } : baseline.features[known];
    readFeature(input, memory, baseline.lastDay);
  }
  input.end();
  return baseline;
}

function writeFeature(out: ByteWriter, memory: FeatureMemory, today: number): void {
  out.float64(memory.fadedNew);
  const entries = [...memory.values].sort(([a], [b]) => a - b);
  out.varint(entries.length);
  for (const [hash, { firstDay, lastDay, count }] of entries) {
    out.int32(hash);
    out.varint(today - lastDay);
    out.varint(lastDay - firstDay);
    out.varint(count);
  }
  const named = entries
    .filter(([, { name }]) => name !== undefined)
    .sort(byFrequency)
    .slice(0, NAMED_VALUES);
  out.varint(named.length);
  for (const [hash, { name }] of named) {
    out.int32(hash);
    out.text(name ?? '');
  }
}

function readFeature(input: ByteReader, memory: FeatureMemory, today: number): void {
  memory.fadedNew = input.float64();
  const entries = input.varint();
  for (let i = 0; i < entries; i++) {
    const hash = input.int32();
    const lastDay = today - input.varint();
    const firstDay = lastDay - input.varint();
    memory.values.set(hash, { firstDay, lastDay, count: input.varint(), name: undefined });
  }
  const named = input.varint();
  for (let i = 0; i < named; i++) {
    const value = memory.values.get(input.int32());
    const name = input.text();
    if (value === undefined) throw new BaselineFormatError(`text ${JSON.stringify(name)} belongs to no value`);
    value.name = name;
  }
}

function writeCounts(out: ByteWriter, counts: CountMemory): void {
  out.float64(counts.windows);
  out.float64(counts.sum);
  out.float64(counts.sumSquares);
  out.float64(counts.elapsed);
  out.varint(counts.lastWindow + 1);
}

function readCounts(input: ByteReader, counts: CountMemory): void {
  counts.windows = input.float64();
  counts.sum = input.float64();
  counts.sumSquares = input.float64();
  counts.elapsed = input.float64();
  counts.lastWindow = input.varint() - 1;
}
