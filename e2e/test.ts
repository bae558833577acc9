/** The tests' own `test`: each gets a server with a fresh demo database, and people with browsers of their own. */
import { test as base } from '@playwright/test';
import type { Actor, Person } from './actors.ts';
import { BrowserPool, Cast, type VisitorOptions } from './cast.ts';
import { Services } from './cluster.ts';
import { Server } from './server.ts';

interface Fixtures {
  /** Environment of the server, besides what every test's has. */
  settings: Record<string, string>;
  server: Server;
  /** Where people open the product. */
  url: string;
  cast: Cast;
  /** `await actor('alice')`: logged in, and live. */
  actor: (person: Person) => Promise<Actor>;
  visitor: (options?: VisitorOptions) => Promise<Actor>;
}

export interface WorkerFixtures {
  /** A Chromium without a window costs half as much; but it has no notifications of the system, and no push. */
  wholeBrowser: boolean;
  browsers: BrowserPool;
  /** Where several nodes are tested. */
  services: Services | undefined;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  wholeBrowser: [false, { option: true, scope: 'worker' }],
  browsers: [
    async ({ playwright, wholeBrowser }, use) => {
      const shell = wholeBrowser ? undefined : process.env['E2E_HEADLESS_SHELL_PATH'];
      const executablePath = shell || process.env['PLAYWRIGHT_CHROMIUM_PATH'] || undefined;
      const browsers = new BrowserPool(() => playwright.chromium.launch({ executablePath }));
      await use(browsers);
      await browsers.close();
    },
    { scope: 'worker' },
  ],
  services: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const services = await Services.startIfNeeded();
      await use(services);
      await services?.stop();
    },
    { scope: 'worker' },
  ],
  // eslint-disable-next-line no-empty-pattern
  settings: async ({}, use) => use({}),
  server: async ({ settings, services }, use, testInfo) => {
    const server = await Server.start(settings, await services?.site(settings));
    await use(server);
    await server.remove();
    if (server.errors)
      await testInfo.attach('what the server said', { body: server.errors, contentType: 'text/plain' });
  },
  url: async ({ server }, use) => use(server.url),
  cast: async ({ browsers, url }, use) => {
    const cast = new Cast(browsers, url);
    await use(cast);
    await cast.leave();
  },
  actor: async ({ cast }, use) => use((person) => cast.actor(person)),
  visitor: async ({ cast }, use) => use((options) => cast.visitor(options)),
});

export { expect } from '@playwright/test';
