import type { Scheduler } from 'fast-check';
import type { Sessions } from '../../src/auth/sessions.ts';
import { ModelClock, type Turns } from './clock.ts';
import { Cluster } from './cluster.ts';
import type { ModelDatabase } from './database.ts';
import { Link } from './link.ts';
import { Tab, Violation } from './tab.ts';
import { tabWire } from './tabWire.ts';

export const USERS = ['alice', 'bob', 'carol', 'dave'] as const;

/** More than any schedule needs without a timer. */
const TURNS_TO_REST = 2_000;

/** A browser: its tabs share one cookie. */
interface Browser {
  userId: string;
  cookie: string;
}

/** A server of one node or two, a database, browsers with tabs, and a network between them; everything waits for its turn. */
export class World {
  readonly clock = new ModelClock();
  readonly tabs: Tab[] = [];
  readonly links = new Map<Tab, Link>();
  readonly browsers: Browser[] = [];
  readonly database: ModelDatabase;
  postIds: string[] = [];
  readonly cluster: Cluster;
  backedUp = false;
  /** User and post, where an older copy of the database may have undone what was confirmed. */
  readonly undone = new Set<string>();
  /** Store calls that fail from now on. */
  storageFaults = 0;
  hadStorageFaults = false;
  readonly #scheduler: Scheduler;
  readonly #disorderly: boolean;
  readonly #sessions = new Map<string, string>();
  #lastSession = 0;
  #authors: readonly string[] = [];

  /** @param disorderly messages overtake each other. */
  constructor(scheduler: Scheduler, database: ModelDatabase, nodes: number, disorderly: boolean) {
    this.#disorderly = disorderly;
    this.#scheduler = scheduler;
    this.database = database;
    database.clear();
    this.cluster = new Cluster({
      size: nodes,
      clock: this.clock,
      database,
      turnsOf: (isAlive) => this.#turnsOf(isAlive),
      sessionsOf: (turns) => this.#sessionsOf(turns),
      failsNow: () => this.#failsNow(),
    });
  }

  open(authors: readonly string[], users: readonly string[]) {
    this.#authors = authors;
    this.postIds = authors.map((author, i) => this.database.addPost(`post${i}`, author));
    this.cluster.startAll();
    for (const userId of users) {
      const known = this.browsers.findIndex((browser) => browser.userId === userId);
      const browser = known >= 0 ? known : this.browsers.push({ userId, cookie: this.#logIn(userId) }) - 1;
      this.openTab(browser);
    }
  }

  // ── The database ──

  backUp() {
    this.database.backUp();
    this.backedUp = true;
  }

  /** An older copy of the file takes its place while no node runs. */
  restore() {
    if (!this.backedUp) return;
    this.cluster.crashAll();
    this.database.restore();
    for (const { userId, wishes } of this.tabs) {
      for (const postId of wishes.keys()) this.undone.add(`${userId} ${postId}`);
    }
    this.cluster.startAll();
  }

  // ── The people ──

  openTab(index: number) {
    const browser = this.browsers[index];
    if (!browser) return;
    const isAlive = () => true;
    const turns = this.#turnsOf(isAlive);
    const clock = this.clock.seenBy(isAlive, turns);
    const opened: { tab?: Tab } = {};
    let first: Link | null = null;
    const wire = tabWire(clock, () => {
      const link = this.#dial(browser.cookie);
      if (link && opened.tab) this.links.set(opened.tab, link);
      else first = link;
      return link;
    });
    const { userId } = browser;
    const fetchPosts = async () => {
      const node = this.cluster.pick();
      await turns.take('fetch');
      const posts = node && this.cluster.running.includes(node) ? this.database.feed(userId) : null;
      await turns.take('fetched');
      return posts;
    };
    opened.tab = new Tab({
      fetchPosts,
      name: `tab ${this.tabs.length} of ${userId}`,
      userId,
      wire,
      clock,
      postIds: this.postIds,
      ownPosts: new Set(this.postIds.filter((_, i) => this.#authors[i] === userId)),
    });
    if (first) this.links.set(opened.tab, first);
    this.tabs.push(opened.tab);
  }

  /** The person leaves, and somebody else logs in at the same browser. Other tabs may still be open. */
  async switchUser(index: number, userId: string) {
    const browser = this.browsers[index];
    if (!browser) return;
    const { cookie } = browser;
    browser.cookie = '';
    this.#sessions.delete(cookie);
    await this.#scheduler.schedule(Promise.resolve(), 'logout');
    this.cluster.pick()?.endSession(cookie);
    browser.userId = userId;
    browser.cookie = this.#logIn(userId);
    this.openTab(index);
  }

  isLoggedIn(sessionId: string): boolean {
    return this.#sessions.has(sessionId);
  }

  // ── Time ──

  /** Lets the scheduler decide what happens next, some times. */
  async turns(count: number) {
    for (let i = 0; i < count && this.#scheduler.count() > 0; i += 1) await this.#scheduler.waitOne();
  }

  /** Until nothing is on its way. */
  async quiet() {
    await settled();
    for (let turn = 0; this.#scheduler.count() > 0; turn += 1) {
      if (turn > TURNS_TO_REST) throw new Violation('it never comes to rest');
      await this.#scheduler.waitOne();
    }
  }

  /** Time passes; what is on its way is as slow as the scheduler likes. */
  async pass(ms: number, afterEach: () => Promise<void> = settled) {
    await this.clock.advance(ms, afterEach);
  }

  endFaults() {
    this.storageFaults = 0;
    this.cluster.bus?.endFaults();
    for (const link of this.links.values()) link.endFaults();
  }

  #logIn(userId: string): string {
    const cookie = `session-${(this.#lastSession += 1)}`;
    this.#sessions.set(cookie, userId);
    return cookie;
  }

  #failsNow(): boolean {
    if (this.storageFaults === 0) return false;
    this.storageFaults -= 1;
    this.hadStorageFaults = true;
    return true;
  }

  #dial(cookie: string): Link | null {
    const node = this.cluster.pick();
    if (!node) return null;
    const link = new Link(
      this.#turnsOf(() => true),
      this.#disorderly,
    );
    node.accept(link, cookie);
    return link;
  }

  #turnsOf(isAlive: () => boolean): Turns {
    return {
      take: (label) =>
        new Promise((resolve) => {
          void this.#scheduler.schedule(Promise.resolve(), label).then(() => {
            if (isAlive()) resolve();
          });
        }),
    };
  }

  #sessionsOf(turns: Turns): Sessions {
    return {
      of: async ({ cookie = '' }) => {
        await turns.take('session');
        const id = this.#sessions.get(cookie);
        await turns.take('session is known');
        return id === undefined
          ? null
          : { sessionId: cookie, user: { id, username: id, name: id, image: null } };
      },
      living: async (sessionIds) => {
        await turns.take('sessions again');
        const living = new Set(sessionIds.filter((id) => this.#sessions.has(id)));
        await turns.take('sessions are known again');
        return living;
      },
    };
  }
}

/** All that follows by itself from what has just happened. */
export async function settled() {
  await new Promise<void>((resolve) => setImmediate(resolve));
}
