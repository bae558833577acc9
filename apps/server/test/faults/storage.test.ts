import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import { callAs } from '../harness.ts';
import { expectPromiseKept } from './oracle.ts';
import { type Person, test, type World } from './world.ts';

const LIKERS = 5;
/** A wait for the lock inside of SQLite would hold the event loop for a whole second. */
const BLOCKED_MAX_MS = 700;
const CALLS = 200;

/** What happens to the storage, and how it ends. */
const FAULTS: [string, (world: World) => () => void][] = [
  [
    'the disk is full',
    ({ server }) => {
      server.takeRoom();
      return server.leaveRoom;
    },
  ],
  [
    'another process holds the database',
    ({ server }) => {
      const other = new DatabaseSync(server.database);
      other.exec('BEGIN IMMEDIATE');
      return () => other.close();
    },
  ],
];

test.for(FAULTS)(
  'while %s, likes wait, reads go on, and all is stored when it is over',
  { timeout: 120_000 },
  async ([, begin], { world }) => {
    const author = await world.person('author');
    const [post = ''] = await author.posts(1);
    await author.tab();
    const likers = await world.people('liker', LIKERS);
    const tabs = await Promise.all(likers.map((liker) => liker.tab()));

    const end = begin(world);
    for (const tab of tabs) tab.like(post);
    const refused = await Promise.all(
      likers.map((liker) => call(world, liker, 'POST', '/api/posts', { body: 'a post' })),
    );
    const slow = await slowAnswer(world);
    const read = await call(world, author, 'GET', `/api/posts/${post}`);
    const inbox = await call(world, author, 'GET', '/api/inbox');
    end();

    for (const answer of refused) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(await answer.json()).toMatchObject({ code: 'UNAVAILABLE' });
    }
    expect(await read.json()).toMatchObject({ likeCount: 0 });
    expect(inbox.status).toBe(200);
    expect(slow).toBeLessThan(BLOCKED_MAX_MS);
    await Promise.all(tabs.map((tab) => tab.acknowledged()));
    await expectPromiseKept(world);
  },
);

function call({ server }: World, person: Person, method: string, path: string, body?: unknown) {
  return callAs(person.headers.cookie, server.url + path, method, body);
}

/** In ms, of calls that need nothing but a turn of the server's event loop, made while likes are tried again. */
async function slowAnswer({ server }: World): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < CALLS; i += 1) {
    const start = performance.now();
    await (await fetch(`${server.url}/healthz`)).text();
    times.push(performance.now() - start);
  }
  // A machine that is busy with something else may be late once.
  return times.toSorted((one, other) => other - one)[2] ?? 0;
}
