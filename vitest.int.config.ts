import { defineConfig } from 'vitest/config';

/** The slow suites: fuzz, synthesized stacks, drift of generated files. */
export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.int.test.ts', 'test/**/*.int.test.ts'],
    exclude: ['**/node_modules/**'],
    testTimeout: 600_000,
    hookTimeout: 300_000,
    // By default one processor is left alone
    maxWorkers: '100%',
  },
});
