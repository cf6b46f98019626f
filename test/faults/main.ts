/**
 * Runs the fault simulation: `node test/faults/main.ts --seed N` for one seed, `--seeds FROM-TO [--out FILE]` for many,
 * `--mutation NAME` with either for a planted bug.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { MUTATIONS } from './mutations.ts';
import { runSeed } from './run-seed.ts';
import { addResult, emptyTotals } from './totals.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    out: { type: 'string' },
    mutation: { type: 'string' },
  },
});
const mutation = MUTATIONS.find(({ name }) => name === values.mutation);
if (values.mutation !== undefined && mutation === undefined) {
  throw new Error(`mutations are: ${MUTATIONS.map(({ name }) => name).join(', ')}`);
}
const [from = 1, to = from] = (values.seeds ?? values.seed ?? '1').split('-').map(Number);
const totals = emptyTotals(from);
const started = performance.now();
for (let seed = from; seed <= to; seed++) {
  const result = await runSeed(seed, mutation);
  addResult(totals, result);
  if (values.seed !== undefined) console.log(result);
  if (result.violations.length > 0) console.log(`seed ${seed}: ${result.violations.slice(0, 3).join('\n  ')}`);
}
const seconds = Math.round((performance.now() - started) / 1000);
console.log({ ...totals, seconds });
if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify({ ...totals, seconds }, undefined, 2)}\n`);
process.exitCode = totals.violated.length > 0 ? 1 : 0;
