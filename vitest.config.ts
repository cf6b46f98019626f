import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Explicit, because SST keeps test files of its own below .sst
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/*.int.test.ts', '**/node_modules/**'],
    testTimeout: 60_000,
    // Modules keep nothing that a test could leave behind for the next; loading them once a worker takes a third off
    isolate: false,
    // By default one processor is left alone
    maxWorkers: '100%',
  },
});
