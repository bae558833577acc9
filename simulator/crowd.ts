/** What a number of people do together. */
import { setTimeout as sleep } from 'node:timers/promises';
import { BODIES } from './content.ts';
import type { Person } from './person.ts';

const TICK_MS = 5;
/** Of the newest posts, so many are theirs: likes of those are seen to arrive. */
const OWN_POSTS = 10;
const POSTS_APART_MS = 1_000;

export interface Pace {
  likesPerSecond: number;
  seconds: number;
}

/**
 * Has random people like at a steady rate, whether or not the server keeps up. Ends when the time is over, when
 * `signal` says so, or when nobody is left.
 */
export async function like(
  people: readonly Person[],
  { likesPerSecond, seconds }: Pace,
  signal: AbortSignal,
) {
  const start = performance.now();
  const total = likesPerSecond * seconds;
  let made = 0;
  while (made < total && !signal.aborted && left(people).length > 0) {
    // The first is due at once.
    const due = Math.min(total, Math.floor(((performance.now() - start) * likesPerSecond) / 1_000) + 1);
    for (; made < due; made += 1) some(left(people))?.likeSomething(start + (made * 1_000) / likesPerSecond);
    await sleep(TICK_MS);
  }
}

/** Has them write until enough of the newest posts are theirs, and again when these have become old. */
export async function write(people: readonly Person[], signal: AbortSignal) {
  const authors = new Set(people.map(({ account }) => account.userId));
  while (!signal.aborted) {
    const posts = [...(left(people)[0]?.posts.values() ?? [])];
    const own = posts.filter(({ author }) => authors.has(author.id));
    // A server that does not take it now is asked again.
    if (own.length < OWN_POSTS)
      await some(left(people))
        ?.write(some(BODIES) ?? '')
        .catch(() => undefined);
    await sleep(POSTS_APART_MS, undefined, { signal }).catch(() => undefined);
  }
}

const left = (people: readonly Person[]) => people.filter(({ ended }) => ended === null);

function some<T>(all: readonly T[]): T | undefined {
  return all[Math.floor(Math.random() * all.length)];
}
