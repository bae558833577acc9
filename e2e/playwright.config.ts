import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  // Every test has a server, a database and browsers of its own.
  fullyParallel: true,
  // One test already keeps two cores busy: a server and up to four browsers. More at once would measure each other.
  workers: 1,
  // A test that passes when tried again has found a flaw, in the product or in itself.
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 5_000 },
  reporter: 'list',
  use: { screenshot: 'only-on-failure', actionTimeout: 10_000 },
});
