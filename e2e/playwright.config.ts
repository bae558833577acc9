import { defineConfig } from '@playwright/test';
import type { WorkerFixtures } from './test.ts';

const MEASURED = /(firstLoad|flood|latency|lighthouse)\.spec\.ts$/;

export default defineConfig<object, WorkerFixtures>({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  // Every test has a server, a database and browsers of its own.
  fullyParallel: true,
  workers: 2,
  projects: [
    { name: 'scenarios', testIgnore: MEASURED },
    // Alone and last: what they measure is not to be the other tests.
    {
      name: 'measurements',
      testMatch: MEASURED,
      workers: 1,
      dependencies: ['scenarios'],
      use: { wholeBrowser: true },
    },
  ],
  // A test that passes when tried again has found a flaw, in the product or in itself.
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 5_000 },
  reporter: 'list',
  use: { screenshot: 'only-on-failure', actionTimeout: 10_000 },
});
