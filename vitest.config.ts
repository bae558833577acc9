import { defineConfig } from 'vitest/config';

/** They wait for minutes, mostly, and are a suite of their own. */
const FAULTS = ['apps/server/test/faults/*.test.ts', 'apps/server/test/attacks/*.test.ts'];

export default defineConfig({
  test: {
    environment: 'node',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.ts',
            'apps/server/{src,test}/**/*.test.ts',
            'apps/web/src/**/*.test.{ts,tsx}',
            'scripts/**/*.test.ts',
            'simulator/*.test.ts',
            'bench/**/*.test.ts',
          ],
          exclude: FAULTS,
        },
      },
      { extends: true, test: { name: 'faults', include: FAULTS } },
    ],
    // A process per file: a test that opens sockets and databases cannot reach into another one.
    pool: 'forks',
    retry: 0,
    // Of several suites beside each other, on two cores.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 5_000,
    restoreMocks: true,
  },
});
