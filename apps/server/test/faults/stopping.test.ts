import { expect } from 'vitest';
import { expectPromiseKept } from './oracle.ts';
import { test, type Tab } from './world.ts';

const PEOPLE = 25;
const TABS_EACH = 20;
const EXIT_WITHIN_MS = 15_000;
/** One every 32 ms, somewhere in its slot. */
const MOST_IN_A_SECOND = 33;

test(
  'a stop with 500 tabs is orderly, and they come back spread out',
  { timeout: 180_000 },
  async ({ world }) => {
    const { server } = world;
    const author = await world.person('author');
    const posts = await author.posts(5);
    await author.tab();
    const people = await world.people('person', PEOPLE);
    const tabs: Tab[] = [];
    for (let i = 0; i < TABS_EACH; i += 1) {
      tabs.push(...(await Promise.all(people.map((person) => person.tab({ showsPosts: false })))));
    }

    const likers = tabs.slice(0, PEOPLE);
    for (const tab of likers) for (const postId of posts.slice(0, 4)) tab.like(postId);
    await Promise.all(likers.map((tab) => tab.acknowledged()));
    for (const tab of likers) tab.like(posts[4] as string);
    const stoppedAt = performance.now();
    const { code, ms } = await server.terminate();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(EXIT_WITHIN_MS);
    await server.start();

    await expectPromiseKept(world);
    // However slow the start is, which those whose turn falls into it wait for together.
    for (const tab of tabs) expect(returnedInMs(tab, stoppedAt)).toBeGreaterThanOrEqual(turnOf(tab));
    const turns = tabs.map(turnOf).toSorted((a, b) => a - b);
    expect(mostWithinASecond(turns)).toBeLessThanOrEqual(MOST_IN_A_SECOND);
  },
);

/** How long after the stop the tab was told to come back. */
function turnOf({ name, journal }: Tab): number {
  if (journal.wantedBackInMs === null) throw new Error(`${name} was not told of the stop`);
  return journal.wantedBackInMs;
}

/** How long after the stop it was live again. */
function returnedInMs({ name, journal }: Tab, stoppedAt: number): number {
  const back = journal.connections.find(({ at, state }) => at > stoppedAt && state === 'live');
  if (!back) throw new Error(`${name} did not come back`);
  return back.at - stoppedAt;
}

function mostWithinASecond(sorted: number[]): number {
  return Math.max(...sorted.map((from, i) => sorted.slice(i).filter((at) => at < from + 1_000).length));
}
