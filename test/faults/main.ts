/**
 * Runs the fault simulation: `node test/faults/main.ts --seed N` for one seed, `--seeds FROM-TO [--workers N] [--out FILE]` for many,
 * `--mutation NAME` with either for a planted bug. The file is written again every now and then, so that what was run counts.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { mutationOf } from './mutations.ts';
import { runSeed } from './run-seed.ts';
import { runSeeds } from './run-seeds.ts';
import { addResult, emptyTotals } from './totals.ts';

const WRITE_EVERY_MS = 60_000;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    workers: { type: 'string' },
    out: { type: 'string' },
    mutation: { type: 'string' },
  },
});
const mutation = mutationOf(values.mutation);
const [from = 1, to = from] = (values.seeds ?? values.seed ?? '1').split('-').map(Number);
const totals = emptyTotals(from);
const started = performance.now();
let written = started;

if (values.seed !== undefined) {
  const result = await runSeed(from, mutation);
  addResult(totals, result);
  console.log(result);
} else {
  const workers = Number(values.workers ?? availableParallelism());
  await runSeeds({
    ...{ from, to, workers, mutation: values.mutation },
    onResults(results) {
      for (const result of results) {
        addResult(totals, result);
        if (result.violations.length > 0)
          console.log(`seed ${result.seed}: ${result.violations.slice(0, 3).join('\n  ')}`);
      }
      if (performance.now() - written > WRITE_EVERY_MS) write();
    },
  });
}
console.log(write());
process.exitCode = totals.violated.length > 0 ? 1 : 0;

function write() {
  written = performance.now();
  const cpu = process.cpuUsage();
  const result = {
    ...totals,
    seconds: Math.round((written - started) / 1000),
    cpuSeconds: Math.round((cpu.user + cpu.system) / 1_000_000),
  };
  if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(result, undefined, 2)}\n`);
  return result;
}
