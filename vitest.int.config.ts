import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, longest first. Begun last it would go on alone, while the other processor waits. */
const LONGEST = [
  'evaluate/evaluate.int.test.ts',
  'faults/faults.int.test.ts',
  'src/ingest.fuzz.int.test.ts',
  'local-aws/end-to-end.int.test.ts',
  'contracts/aws.int.test.ts',
  'live-commands/backfill.int.test.ts',
  'live-commands/live-commands.int.test.ts',
  'contracts/response.int.test.ts',
  'stacks/stacks.int.test.ts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}`));
      return place === -1 ? LONGEST.length : place;
    };
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => placeOf(a) - placeOf(b));
  }
}

/** The slow suites: fuzz, synthesized stacks, drift of generated files. */
export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.int.test.ts', 'test/**/*.int.test.ts'],
    exclude: ['**/node_modules/**'],
    testTimeout: 600_000,
    hookTimeout: 300_000,
    // By default one processor is left alone
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
  },
});
