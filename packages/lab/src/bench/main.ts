/** `npm run bench`: speed over the floor, size of baselines, memory over ten times the events. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { baselineSizes, decodeState } from '@portcullis/pipeline';
import { cachedLoad } from './cached-load.ts';
import { measuredRun, type Usage } from './measured-run.ts';
import { type BenchSource, sourceLoad } from './source-load.ts';

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '200000' },
    runs: { type: 'string', default: '7' },
    only: { type: 'string' },
    source: { type: 'string' },
  },
});
const records = Number(values.records);
const runs = Number(values.runs);
const cache = fileURLToPath(new URL('../../../../.cache/bench', import.meta.url));
const portcullis = fileURLToPath(new URL('../../../../bin/portcullis', import.meta.url));
const floor = fileURLToPath(new URL('./floor.mjs', import.meta.url));
const perFile = { hours: 48, recordsPerFile: 2000 };

const source = (['flow', 'api', 'lambda'] as const).find((one) => one === values.source);
if (values.source !== undefined && source === undefined) throw new Error('--source: flow, api or lambda');

if (source !== undefined) await speedOf(source);
else {
  if (values.only !== 'memory') await speed();
  if (values.only !== 'speed') await memory();
}

/** CPU of `replay --json` over that of the floor program, alternating so that both meet the same machine. */
async function speed(): Promise<void> {
  const load = cachedLoad(cache, 'speed', { records, actors: 200, kindsPerActor: 'all', ...perFile });
  const replays: number[] = [];
  const floors: number[] = [];
  for (let run = 0; run < runs; run++) {
    floors.push((await measuredRun(process.execPath, [floor, load.folder])).cpuMs);
    replays.push((await replayOf(load.folder)).cpuMs);
    console.error(`run ${run + 1} of ${runs}: replay ${seconds(replays.at(-1))}, floor ${seconds(floors.at(-1))}`);
  }
  const [replay, least] = [median(replays), median(floors)];
  console.log(`speed, ${load.records} records, 200 actors, median of ${runs}`);
  console.log(`  replay --json        ${seconds(replay)} CPU, ${micros(replay, load.records)} per record`);
  console.log(`  gunzip + JSON.parse  ${seconds(least)} CPU, ${micros(least, load.records)} per record`);
  console.log(`  ratio                ${(replay / least).toFixed(2)} (at most 2.0)`);
}

/** The same for another source: over gunzip and splitting lines (flow) or parsing them (api), or the whole (lambda). */
async function speedOf(of: BenchSource): Promise<void> {
  const folder = `${cache}/source-${of}`;
  const lines = fileURLToPath(new URL('./floor-lines.mjs', import.meta.url));
  const written = sourceLoad(folder, of, records);
  const replays: number[] = [];
  const floors: number[] = [];
  for (let run = 0; run < runs; run++) {
    floors.push((await measuredRun(process.execPath, [lines, folder, of])).cpuMs);
    replays.push((await replayOf(folder)).cpuMs);
    console.error(`run ${run + 1} of ${runs}: replay ${seconds(replays.at(-1))}, floor ${seconds(floors.at(-1))}`);
  }
  const [replay, least] = [median(replays), median(floors)];
  console.log(`speed of ${of}, ${written} records, median of ${runs}`);
  console.log(`  replay --json  ${seconds(replay)} CPU, ${micros(replay, written)} per record`);
  console.log(`  floor          ${seconds(least)} CPU, ${micros(least, written)} per record`);
  console.log(`  ratio          ${(replay / least).toFixed(2)} (wanted: at most 1.5)`);
}

/** Peak memory at one and ten times the events of the same actors over the same hours, and what a baseline takes. */
async function memory(): Promise<void> {
  const actors = 10_000;
  const small = cachedLoad(cache, 'memory-small', { records, actors, kindsPerActor: 12, ...perFile });
  const large = cachedLoad(cache, 'memory-large', { records: records * 10, actors, kindsPerActor: 12, ...perFile });
  const state = `${cache}/memory-small.state`;
  const few = await replayOf(small.folder);
  const many = await replayOf(large.folder);
  await replayOf(small.folder, '--save-state', state);
  const sizes = baselineSizes(decodeState(readFileSync(state)));
  console.log(`memory, ${actors} actors`);
  console.log(`  peak at ${small.records} events   ${mebibytes(few)}`);
  console.log(`  peak at ${large.records} events  ${mebibytes(many)}, ${seconds(many.cpuMs)} CPU`);
  console.log(`  ratio                   ${(many.maxRssKiB / few.maxRssKiB).toFixed(2)} (at most 1.15)`);
  console.log(
    `  sealed baselines        ${sizes.length}: median ${quantile(sizes, 0.5)} bytes, p99 ${quantile(sizes, 0.99)} bytes`,
  );
}

function replayOf(folder: string, ...options: readonly string[]): Promise<Usage> {
  return measuredRun(portcullis, ['replay', '--json', ...options, folder]);
}

function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? Number.NaN;
}

function median(figures: readonly number[]): number {
  return quantile(
    figures.toSorted((a, b) => a - b),
    0.5,
  );
}

function seconds(ms = Number.NaN): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function micros(ms: number, count: number): string {
  return `${((ms * 1000) / count).toFixed(1)} µs`;
}

function mebibytes({ maxRssKiB }: Usage): string {
  return `${Math.round(maxRssKiB / 1024)} MiB`;
}
