import type { Browser, BrowserContext } from '@playwright/test';
import { Actor, type Person } from './actors.ts';

/** Browser processes that are kept from test to test: to start one takes longer than many a test. */
export class BrowserPool {
  readonly #launch: () => Promise<Browser>;
  readonly #free: Browser[] = [];

  constructor(launch: () => Promise<Browser>) {
    this.#launch = launch;
  }

  async take(): Promise<Browser> {
    return this.#free.pop() ?? this.#launch();
  }

  giveBack(browser: Browser) {
    if (browser.isConnected()) this.#free.push(browser);
  }

  async close() {
    await Promise.all(this.#free.map((browser) => browser.close()));
  }
}

/** Hands out actors for one test, each at a browser process of their own, and leaves nothing of them. */
export class Cast {
  readonly #pool: BrowserPool;
  readonly #url: string;
  readonly #contexts: BrowserContext[] = [];
  readonly #guests: Browser[] = [];

  constructor(pool: BrowserPool, url: string) {
    this.#pool = pool;
    this.#url = url;
  }

  /** A person who has logged in. */
  async actor(person: Person): Promise<Actor> {
    const actor = await this.visitor();
    await actor.logsInAs(person);
    return actor;
  }

  /** Somebody at a browser without a past, who has not opened the page yet. */
  async visitor({ launch, ...options }: VisitorOptions = {}): Promise<Actor> {
    const browser = launch ? await launch() : await this.#pool.take();
    if (launch) this.#guests.push(browser);
    // What moves for ever keeps the two cores busy that the other browsers and the server need.
    const context = await browser.newContext({ baseURL: this.#url, reducedMotion: 'reduce', ...options });
    this.#contexts.push(context);
    return Actor.at(context);
  }

  async leave() {
    for (const context of this.#contexts) {
      const browser = context.browser();
      await context.close();
      if (browser && !this.#guests.includes(browser)) this.#pool.giveBack(browser);
    }
    await Promise.all(this.#guests.map((browser) => browser.close()));
  }
}

type ContextOptions = NonNullable<Parameters<Browser['newContext']>[0]>;
/** `launch`: another kind of browser. */
export type VisitorOptions = ContextOptions & { launch?: () => Promise<Browser> };
