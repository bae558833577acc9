import { randomInt } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { mersenne } from 'pure-rand/generator/mersenne';
import { expect, vi } from 'vitest';
import { expectPromiseKept } from './oracle.ts';
import { integrityOf } from './stored.ts';
import { test } from './world.ts';

/** Two servers with fifteen each: their starts, which take most of the time, overlap. */
const KILLS = 15;
const LATEST_KILL_MS = 400;

test.concurrent.for(['one', 'another'])(
  'kill -9 at fifteen random moments under load, %s server',
  { timeout: 400_000 },
  async (_which, { world }) => {
    const seed = randomInt(2 ** 31);
    const random = seeded(seed);
    // Fills the cache that makes starts short.
    await world.server.terminate();
    await world.server.start();
    const author = await world.person('author');
    const posts = await author.posts(40);
    await author.tab();
    await author.tab();
    const people = await world.people('liker', 3);
    const likers = await Promise.all(people.map((liker) => liker.tab()));
    const answered = () => likers.reduce((sum, { journal }) => sum + journal.acknowledged.length, 0);

    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = answered();
      const load = setInterval(() => {
        const liker = likers[Math.floor(random() * likers.length)];
        liker?.like(posts[Math.floor(random() * posts.length)] as string, random() < 0.8);
      }, 5);
      for (const liker of likers) liker.client.wake();
      await vi.waitFor(() => expect(answered()).toBeGreaterThan(before), { timeout: 60_000, interval: 20 });
      await after(random() * LATEST_KILL_MS);
      await world.server.kill();
      clearInterval(load);
      expect(integrityOf(world.server.database), `seed ${seed}, kill ${kill}`).toBe('ok');
      await world.server.start();
    }

    await expectPromiseKept(world).catch((error: unknown) => {
      throw new Error(`with seed ${seed}`, { cause: error });
    });
    expect(answered()).toBeGreaterThan(KILLS);
  },
);

/** The same numbers for the same seed. */
function seeded(seed: number): () => number {
  const generator = mersenne(seed);
  return () => uniformFloat64(generator);
}
