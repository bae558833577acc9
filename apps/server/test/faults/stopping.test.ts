import { expect } from 'vitest';
import { expectPromiseKept } from './oracle.ts';
import { test, type Tab } from './world.ts';

const PEOPLE = 25;
const TABS_EACH = 20;
const EXIT_WITHIN_MS = 15_000;
/** Six in a hundred have their turn then. Those whose turn falls into a slow start come together after it. */
const MOST_IN_A_SECOND = 0.5;

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
    const returns = tabs.map((tab) => returnOf(tab, stoppedAt)).toSorted((a, b) => a - b);
    expect(mostWithinASecond(returns)).toBeLessThanOrEqual(tabs.length * MOST_IN_A_SECOND);
  },
);

/** When the tab was live again. */
function returnOf({ name, journal }: Tab, stoppedAt: number): number {
  const back = journal.connections.find(({ at, state }) => at > stoppedAt && state === 'live');
  if (!back) throw new Error(`${name} did not come back`);
  return back.at;
}

function mostWithinASecond(sorted: number[]): number {
  return Math.max(...sorted.map((from, i) => sorted.slice(i).filter((at) => at < from + 1_000).length));
}
