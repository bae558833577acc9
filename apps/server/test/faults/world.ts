import { setTimeout as after } from 'node:timers/promises';
import { createLiveClient, type LiveClient, socketWire } from '@live-likes/client';
import type { Post, PostsPage } from '@live-likes/contract';
import { test as base } from 'vitest';
import { callAs, cookieOf, until } from '../harness.ts';
import { emptyJournal, type Journal, keep, overheard } from './journal.ts';
import { createProduction, type Production } from './production.ts';
import { type Proxy, startProxy } from './proxy.ts';
import type { Stored } from './stored.ts';

const REFETCH_AGAIN_MS = 500;
const FETCH_WITHIN_MS = 5_000;

export interface Tab {
  name: string;
  userId: string;
  client: LiveClient;
  journal: Journal;
  /** The posts whose counts it shows. */
  shownPosts: string[];
  like(postId: string, liked?: boolean): void;
  /** Resolves when the server has taken every wish. */
  acknowledged(): Promise<void>;
  close(): void;
}

interface TabOptions {
  /** The network that it goes through; the server itself when left out. */
  via?: { url: string };
  /** Its own clock. */
  now?: () => number;
  /** Whether it shows posts, and fetches them anew whenever it comes back. */
  showsPosts?: boolean;
}

export interface Person {
  name: string;
  userId: string;
  /** Sent with every handshake of this person's tabs, as it is then. */
  headers: { cookie: string };
  post(body: string): Promise<Post>;
  posts(count: number): Promise<string[]>;
  tab(options?: TabOptions): Promise<Tab>;
}

/** Where people go: a server, or several behind one address. */
export interface Place {
  url: string;
  port: number;
  stored(): Stored;
  /** What was ever complained of there. */
  errors(): string;
  remove(): Promise<void>;
}

/** A place with its people; every test has its own. */
export interface World<Server extends Place = Production> {
  server: Server;
  /** The open tabs. */
  tabs: Set<Tab>;
  person(name: string): Promise<Person>;
  people(name: string, count: number): Promise<Person[]>;
  proxy(): Promise<Proxy>;
}

export const test = base.extend<{ world: World; limitedWorld: World }>({
  world: async ({ task }, use) => within(task.name, { LIMITS: 'off' }, use),
  /** With the limits of rate that people have. */
  limitedWorld: async ({ task }, use) => within(task.name, {}, use),
});

/** Runs a test in a world of its own. */
export async function within(
  task: string,
  settings: Record<string, string>,
  use: (world: World) => Promise<void>,
) {
  const server = await createProduction(settings);
  await server.start();
  await inhabit(task, server, use);
}

/** Lets people live at a place that is ready, as long as the test runs. */
export async function inhabit<Server extends Place>(
  task: string,
  server: Server,
  use: (world: World<Server>) => Promise<void>,
) {
  const tabs = new Set<Tab>();
  const proxies: Proxy[] = [];
  const world: World<Server> = {
    server,
    tabs,
    person: (name) => signIn(world, name),
    people: (name, count) =>
      Promise.all(Array.from({ length: count }, (_, i) => signIn(world, `${name}${i}`))),
    async proxy() {
      const proxy = await startProxy(server.port);
      proxies.push(proxy);
      return proxy;
    },
  };
  await use(world);
  for (const tab of tabs) tab.close();
  for (const proxy of proxies) proxy.close();
  await server.remove();
  if (server.errors()) throw new Error(`${task}: the server complained: ${server.errors()}`);
}

/** A guest of their own: that costs no password hash. */
async function signIn(world: World<Place>, name: string): Promise<Person> {
  const { url } = world.server;
  const response = await callAs('', `${url}/api/auth/sign-in/anonymous`, 'POST', {});
  if (!response.ok) throw new Error(`${name} cannot log in: ${await response.text()}`);
  const { user } = (await response.json()) as { user: { id: string } };
  const headers = { cookie: cookieOf(response) };

  async function post(body: string): Promise<Post> {
    const answer = await callAs(headers.cookie, `${url}/api/posts`, 'POST', { body });
    if (!answer.ok) throw new Error(`${name} cannot post: ${await answer.text()}`);
    return (await answer.json()) as Post;
  }
  async function posts(count: number) {
    const ids: string[] = [];
    for (let i = 0; i < count; i += 1) ids.push((await post(`${name}'s post ${i}`)).id);
    return ids;
  }
  const person: Person = {
    name,
    userId: user.id,
    headers,
    post,
    posts,
    tab: (options = {}) => openTab(world, person, options),
  };
  return person;
}

async function openTab(world: World<Place>, person: Person, options: TabOptions): Promise<Tab> {
  const { via = world.server, now = Date.now, showsPosts = true } = options;
  const journal = emptyJournal();
  const clock = {
    now,
    elapsed: () => performance.now(),
    setTimeout: (run: () => void, ms: number) => setTimeout(run, ms),
    clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
  };
  const client = createLiveClient({
    userId: person.userId,
    wire: overheard(socketWire({ url: via.url, headers: person.headers }), journal),
    clock,
    onAlert: (alert) =>
      journal.alerts.push({ at: performance.now(), epoch: client.inbox.get().epoch, alert }),
    onLikeRefused: (postId, problem) => journal.refused.push(`${postId}: ${problem.message}`),
    onResumed: () => void (showsPosts && refetch()),
    onEnded: (reason) => (journal.ended = reason),
  });
  keep(journal, client);
  let markFetched: () => void;
  const fetched = new Promise<void>((resolve) => (markFetched = resolve));
  const tab: Tab = {
    name: `${person.name}'s tab`,
    userId: person.userId,
    client,
    journal,
    shownPosts: [],
    like(postId, liked = true) {
      journal.wishes.set(postId, liked);
      client.setLike(postId, liked);
    },
    acknowledged: () =>
      until(client.likes.version, () =>
        [...journal.wishes.keys()].every((postId) => client.likes.get(postId)?.pending === false),
      ).then(() => undefined),
    close() {
      world.tabs.delete(tab);
      client.close();
    },
  };
  world.tabs.add(tab);
  await until(client.connection, (state) => state === 'live');
  if (showsPosts) await fetched;
  return tab;

  /** As a page does: until it has them, or is gone. */
  async function refetch() {
    while (world.tabs.has(tab)) {
      const posts = await fetchPosts(via.url, person.headers.cookie).catch(() => null);
      if (posts) {
        client.seen(posts);
        tab.shownPosts = posts.map(({ id }) => id);
        client.watch(tab.shownPosts);
        markFetched();
        return;
      }
      await after(REFETCH_AGAIN_MS);
    }
  }
}

/** The newest hundred. */
async function fetchPosts(url: string, cookie: string): Promise<Post[]> {
  const posts: Post[] = [];
  for (let next: string | null = ''; next !== null && posts.length < 100;) {
    const page: Response = await fetch(`${url}/api/posts?limit=50${next && `&before=${next}`}`, {
      headers: { cookie },
      signal: AbortSignal.timeout(FETCH_WITHIN_MS),
    });
    if (!page.ok) throw new Error(`posts: ${page.status}`);
    const answer = (await page.json()) as PostsPage;
    posts.push(...answer.posts);
    ({ next } = answer);
  }
  return posts;
}
