import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { addUsers } from '../../test/addUsers.ts';
import { systemClock } from '../clock.ts';
import type { Publish } from '../publish.ts';
import type { LikeRequest, Store } from '../storage/store.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import { createLikeWriter } from './likeWriter.ts';

const directory = mkdtempSync(join(tmpdir(), 'live-likes-writer-'));
const storage = await openSqlite(join(directory, 'live.db'));
await addUsers(storage.accounts.db, ['ann'], ['bob']);
afterAll(() => {
  storage.close();
  rmSync(directory, { recursive: true });
});
const post = () => storage.store.createPost({ authorId: 'ann', body: 'a post' }).then(({ id }) => id);
const like = (postId: string, liked = true): LikeRequest => ({ userId: 'bob', postId, liked, op: null });
const nobody = () => undefined;
const silent: Publish = {
  inboxes: nobody,
  likes: nobody,
  postCreated: nobody,
  postDeleted: nobody,
  settings: nobody,
};

/** The writer on a store some of whose posts are busy; `applied` is what got through, in its order. */
function writerWith(isBusy: (postId: string) => boolean) {
  const applied: LikeRequest[] = [];
  const store: Pick<Store, 'applyLikes'> = {
    async applyLikes(requests) {
      const posts = new Set(requests.map(({ postId }) => postId));
      const busy = new Set([...posts].filter(isBusy));
      // Others come meanwhile.
      await systemClock.nextTurn();
      const free = requests.filter(({ postId }) => !busy.has(postId));
      const { outcomes, touched } = await storage.store.applyLikes(free);
      applied.push(...free);
      const states = outcomes.values();
      const inOrder = requests.map(({ postId }) =>
        busy.has(postId) ? { state: null, changed: false, isBusy: true } : states.next().value!,
      );
      return { outcomes: inOrder, touched };
    },
  };
  return { writer: createLikeWriter(store, silent, systemClock), applied };
}

test('likes of a busy inbox wait in their order, and the others go on meanwhile', async () => {
  const [hot, other] = [await post(), await post()];
  let busy = true;
  const { writer, applied } = writerWith((postId) => busy && postId === hot);
  const first = writer.write(like(hot));
  await writer.write(like(other));
  const later = [writer.write(like(hot, false)), writer.write(like(other, false))];
  await later[1];
  expect(applied.map(({ postId }) => postId)).toEqual([other, other]);
  const last = writer.write(like(hot));
  busy = false;
  await Promise.all([first, ...later, last]);
  expect(applied.filter(({ postId }) => postId === hot).map(({ liked }) => liked)).toEqual([
    true,
    false,
    true,
  ]);
});

test('whatever is busy when, each like is applied once, and those of a post in their order', async () => {
  const posts = await Promise.all([post(), post(), post()]);
  let chance = 0;
  // Any sequence will do that is not regular.
  const { writer, applied } = writerWith(() => (chance = (chance * 75 + 74) % 65_537) % 3 > 0);
  const sent: LikeRequest[] = [];
  const answers: Promise<unknown>[] = [];
  for (let i = 0; i < 300; i += 1) {
    const request = like(posts[(i * 7) % 3]!, i % 2 === 0);
    sent.push(request);
    answers.push(writer.write(request));
    if (i % 3 === 0) await systemClock.nextTurn();
  }
  await Promise.all(answers);
  for (const id of posts) {
    const of = (requests: LikeRequest[]) => requests.filter(({ postId }) => postId === id);
    expect(of(applied)).toEqual(of(sent));
  }
});

test('a like whose inbox stays busy is refused after some two seconds, and another one is not', async () => {
  const hot = await post();
  const { writer } = writerWith((postId) => postId === hot);
  const refused = writer.write(like(hot));
  await expect(refused).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterMs: 1_000 });
});

test('those two seconds are of the clock, however long each try takes', async () => {
  const hot = await post();
  let now = 0;
  const slow = { ...systemClock, now: () => now };
  let tries = 0;
  const busy = {
    applyLikes: (requests: readonly LikeRequest[]) => {
      tries += 1;
      now += 900;
      return Promise.resolve({
        outcomes: requests.map(() => ({ state: null, changed: false, isBusy: true })),
        touched: [],
      });
    },
  };
  await expect(createLikeWriter(busy, silent, slow).write(like(hot))).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  });
  expect(tries).toBe(4);
});
