import { type ActorBaseline, type DayCounts, emptyBaseline, type FeatureMemory } from './actor-baseline.ts';
import { ByteReader, ByteWriter } from './byte-buffer.ts';
import type { CountMemory } from './count-memory.ts';
import { BaselineFormatError } from './errors.ts';
import { FEATURES, type Feature } from './feature.ts';
import { METRICS, noCounts } from './metric.ts';
import { NO_NAMES, namedValues } from './value-names.ts';
import { ValueTable } from './value-table.ts';

/** Raised when the layout changes; older versions get a migration here, newer ones are refused. */
const VERSION = 2;
/** The first layout: counts of calls only, no recent days, and four features. */
const CALLS_ONLY = 1;

/**
 * New values a day that are expected of a feature which was not remembered yet when a baseline was stored: all that the actor
 * does is new to it for a while, and that is no news. Fades as the days go by.
 */
const NEW_TO_US_PER_DAY = 4;

/** More are never kept; bounds what damaged bytes can ask for. */
const MAX_RECENT_DAYS = 7;

/**
 * A sealed baseline as bytes, the same for replay files and tables.
 *
 * About 300 bytes, and 8 to 10 for each remembered value, and the texts of the most frequent ones.
 * Equal baselines give equal bytes. Features go by name, so one taken away is skipped, and one added later starts
 * empty, as one that is expected to fill.
 */
export function encodeBaseline(baseline: ActorBaseline): Uint8Array {
  const out = new ByteWriter();
  out.varint(VERSION);
  out.varint(baseline.firstDay);
  out.varint(baseline.lastDay - baseline.firstDay);
  out.varint(baseline.activeDays);
  out.float64(baseline.fadedDays);
  out.varint(baseline.longestGap);
  out.varint(baseline.events);
  writeCounts(out, baseline.counts);
  writeRecentDays(out, baseline);
  out.varint(FEATURES.length);
  for (const feature of FEATURES) {
    out.text(feature);
    writeFeature(out, baseline.features[feature], baseline.lastDay);
  }
  return out.finish();
}

/**
 * Reads a baseline of this layout or the one before.
 *
 * Of the one before all that it had of values is kept. Its counts are of another kind: rates are learned anew, and until then those
 * of the peers count. Its longest silence is unknown, and taken for the longest that its active days allow.
 *
 * @throws BaselineFormatError where the bytes are cut, damaged or of a version not known here
 */
export function decodeBaseline(bytes: Uint8Array): ActorBaseline {
  const input = new ByteReader(bytes);
  const version = input.varint();
  if (version !== VERSION && version !== CALLS_ONLY) {
    throw new BaselineFormatError(
      `baseline version ${version}; this release reads versions ${CALLS_ONLY} and ${VERSION}`,
    );
  }
  const firstDay = input.varint();
  const baseline = emptyBaseline(firstDay);
  baseline.lastDay = firstDay + input.varint();
  baseline.activeDays = input.varint();
  baseline.fadedDays = input.float64();
  if (version === CALLS_ONLY) {
    baseline.longestGap = baseline.lastDay - baseline.firstDay + 1 - baseline.activeDays;
    baseline.events = input.varint();
    skipCallCounts(input);
  } else {
    baseline.longestGap = input.varint();
    baseline.events = input.varint();
    readCounts(input, baseline.counts);
    baseline.recentDays = readRecentDays(input, baseline.lastDay);
  }
  const missing = new Set<Feature>(FEATURES);
  const features = input.varint();
  for (let i = 0; i < features; i++) {
    const name = input.text();
    const known = FEATURES.find((feature: Feature) => feature === name);
    const memory =
      known === undefined ? { values: new ValueTable(), names: NO_NAMES, fadedNew: 0 } : baseline.features[known];
    readFeature(input, memory, baseline.lastDay);
    if (known !== undefined) missing.delete(known);
  }
  input.end();
  for (const feature of missing) baseline.features[feature].fadedNew = NEW_TO_US_PER_DAY * baseline.fadedDays;
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
  const named = namedValues(memory);
  out.varint(named.length);
  for (const { hash, value } of named) {
    out.int32(hash);
    out.text(value);
  }
}

function readFeature(input: ByteReader, memory: FeatureMemory, today: number): void {
  memory.fadedNew = input.float64();
  const entries = input.varint();
  for (let i = 0; i < entries; i++) {
    const hash = input.int32();
    const lastDay = today - input.varint();
    const firstDay = lastDay - input.varint();
    memory.values.set(hash, { firstDay, lastDay, count: input.varint() });
  }
  const named = input.varint();
  for (let i = 0; i < named; i++) {
    const hash = input.int32();
    const value = input.text();
    if (!memory.values.has(hash)) throw new BaselineFormatError(`text ${JSON.stringify(value)} belongs to no value`);
    memory.names = [...memory.names, { hash, value }];
  }
}

/** Most metrics are always 0 for most actors: only those with sums are written, under their index. */
function writeCounts(out: ByteWriter, { sums, elapsed, last }: CountMemory): void {
  for (const value of elapsed) out.float32(value);
  for (const index of last) out.varint(index + 1);
  const used = [...sums.entries()].filter(([, value]) => value !== 0);
  out.varint(used.length);
  for (const [index, value] of used) {
    out.varint(index);
    out.float32(value);
  }
}

function readCounts(input: ByteReader, { sums, elapsed, last }: CountMemory): void {
  for (let i = 0; i < elapsed.length; i++) elapsed[i] = input.float32();
  for (let i = 0; i < last.length; i++) last[i] = input.varint() - 1;
  const used = input.varint();
  for (let i = 0; i < used; i++) {
    const index = input.varint();
    if (index >= sums.length) throw new BaselineFormatError(`count ${index} is none of ${sums.length}`);
    sums[index] = input.float32();
  }
}

/** Calls today; then per hour and per day: windows, sum, sum of squares, elapsed, last window. */
function skipCallCounts(input: ByteReader): void {
  input.varint();
  for (let window = 0; window < 2; window++) {
    for (let sum = 0; sum < 4; sum++) input.float64();
    input.varint();
  }
}

function writeRecentDays(out: ByteWriter, { recentDays, lastDay }: ActorBaseline): void {
  out.varint(recentDays.length);
  for (const { day, counts } of recentDays) {
    out.varint(lastDay - day);
    for (const count of counts) out.varint(count);
  }
}

function readRecentDays(input: ByteReader, lastDay: number): DayCounts[] {
  const days = input.varint();
  if (days > MAX_RECENT_DAYS) throw new BaselineFormatError(`${days} recent days`);
  return Array.from({ length: days }, () => {
    const day = lastDay - input.varint();
    const counts = noCounts();
    for (let metric = 0; metric < METRICS.length; metric++) counts[metric] = input.varint();
    return { day, counts };
  });
}
