import type { Browser } from '@playwright/test';
import { Actor, type Person } from './actors.ts';

/** Hands out actors for one test, and closes their browsers after it. */
export class Cast {
  readonly #launch: () => Promise<Browser>;
  readonly #url: string;
  readonly #browsers: Browser[] = [];

  constructor(launch: () => Promise<Browser>, url: string) {
    this.#launch = launch;
    this.#url = url;
  }

  /** A person who has logged in, at a browser process of their own. */
  async actor(person: Person): Promise<Actor> {
    const actor = await this.visitor();
    await actor.logsInAs(person);
    return actor;
  }

  /** Somebody at a new browser, who has not opened the page yet. */
  async visitor({ launch = this.#launch, ...options }: VisitorOptions = {}): Promise<Actor> {
    const browser = await launch();
    this.#browsers.push(browser);
    return Actor.at(await browser.newContext({ baseURL: this.#url, ...options }));
  }

  async leave() {
    await Promise.all(this.#browsers.map((browser) => browser.close()));
  }
}

type ContextOptions = NonNullable<Parameters<Browser['newContext']>[0]>;
export type VisitorOptions = ContextOptions & { launch?: () => Promise<Browser> };
