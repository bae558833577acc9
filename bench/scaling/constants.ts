/** What the model of the cost takes for granted. The page `docs/scaling.md` shows all of it, and how it is known. */
import type { Kind } from './load.ts';

export interface Constant {
  what: string;
  value: number;
  unit: string;
  /** How it was measured; null: assumed. */
  measured: string | null;
}

const PROGRAM = '`measure.ts`';
const SHARED = '`measureShared.ts`';

const constant = (what: string, value: number, unit: string, measured: string | null): Constant => ({
  what,
  value,
  unit,
  measured,
});

/** CPU of a node, in µs each. */
export const nodeCosts: Record<Kind, Constant> = {
  likes: constant('a like in a batch', 137, 'µs', PROGRAM),
  commits: constant('a commit of a batch', 970, 'µs', PROGRAM),
  'reads for pushes': constant('a read of what an author is told', 19, 'µs', '[benchmarks](bench.md)'),
  'frames to authors': constant('a frame to an author', 34, 'µs', PROGRAM),
  'frames of counts': constant('a frame of counts', 17, 'µs', PROGRAM),
  'frames to everybody': constant('a frame to everybody', 34, 'µs', PROGRAM),
  'messages to the bus': constant('a message to the bus', 20, 'µs', SHARED),
  'messages from the bus': constant('a message from the bus', 10, 'µs', SHARED),
  'counts from the bus': constant('a count in such a message', 0.9, 'µs', SHARED),
  'idle connections': constant('an idle connection, each second', 9.5, 'µs', PROGRAM),
  logins: constant('a login', 1_290, 'µs', PROGRAM),
};

export const costs = {
  socketBytes: constant('memory of a connection', 15_000, 'B', PROGRAM),
  likeBytes: constant('a like on disk, in SQLite', 264, 'B', PROGRAM),
  publish: constant('Redis, a message published', 5.4, 'µs', SHARED),
  deliver: constant('Redis, a message delivered to a node', 0.4, 'µs', SHARED),
  databaseLike: constant('PostgreSQL, a like in a batch of 16', 220, 'µs', SHARED),
  databaseBytes: constant('a like on disk, in PostgreSQL', 420, 'B', SHARED),
  /** While it holds the rows of the posts in it. */
  databaseCommit: constant('PostgreSQL, a like alone until it is on disk', 1.2, 'ms', SHARED),
} satisfies Record<string, Constant>;

const assumed = (what: string, value: number, unit: string) => constant(what, value, unit, null);

export const HOUR_SECONDS = 3_600;

/** What connected people do. */
export const assumptions = {
  devices: assumed('connections of a person', 1.3, ''),
  likesPerPersonAndHour: assumed('likes of a person', 60, 'an hour'),
  postsPerPersonAndHour: assumed('posts that a person writes', 0.5, 'an hour'),
  recentPostsPerPerson: assumed('posts that are looked at, for each person', 1, ''),
  exponent: assumed('how popularity falls with the rank (Zipf’s exponent)', 0.8, ''),
  watchedPosts: assumed('posts on a screen', 10, ''),
  authorsOnline: assumed('of the authors that are liked, connected', 0.3, ''),
  followersOnline: assumed('connected people who want to see a new post at once', 30, ''),
  loginsPerSocketAndHour: assumed('times that a connection begins', 2, 'an hour'),
};

const built = (what: string, value: number, unit: string) => constant(what, value, unit, 'as it is built');

/** What the product does by itself. */
export const pace = {
  pushesPerSecond: built('pushes to one inbox from one node, at most', 20, 'a second'),
  countMessagesPerSecond: built('messages of counts from a node to all others', 1, 'a second'),
  commitsPerSecond: constant('commits of one node, at most', 350, 'a second', 'counted in B'),
};

const given = { ...assumptions, ...pace };
export type Workload = Record<keyof typeof given, number>;
export const workload = Object.fromEntries(
  Object.entries(given).map(([name, { value }]) => [name, value]),
) as Workload;
