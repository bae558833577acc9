import { type APIRequestContext, type CDPSession, request } from '@playwright/test';
import { expect, test } from './test.ts';

const POSTS = 1_000;
const LIKERS = 10;
const LIKES_PER_SECOND = 100;
const SECONDS = 60;
const MEGABYTE = 1_000_000;
const MOST_GROWTH = 20 * MEGABYTE;
/** The goal is 100 ms on a machine of one's own; here a server, the likers and other tests share two cores with the page. */
const LONG_TASK_GOAL_MS = 100;
const LONG_TASK_FLOOR_MS = 1_000;
/** Lengthens nothing: how often somebody looks while the likes arrive. */
const LOOK_MS = 500;

test.use({ settings: { LIMITS: 'off' } });

test('a hundred likes a second arrive at a feed of a thousand posts, and the page stays at ease', async ({
  actor,
  server,
}) => {
  test.setTimeout(240_000);
  server.database.addPosts('alice', POSTS, (index) => `Post number ${index}.`);
  const alice = await actor('alice');
  await alice.feed.scrollsPast(POSTS);
  await alice.page.evaluate(() => scrollTo({ top: 0 }));
  await alice.feed.rests();
  const likers = await Promise.all(Array.from({ length: LIKERS }, () => guest(server.url)));
  const likes = shuffledLikes(
    server.database.posts().map((post) => post.id),
    likers,
  );

  const inspector = await alice.page.context().newCDPSession(alice.page);
  await alice.page.evaluate(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) window.longTasks.push(task.duration);
    }).observe({ type: 'longtask' });
  });
  // The first seconds fill what is bounded: toasts, the panel's items, the memory of who was announced.
  await flood(likes.splice(0, 10 * LIKES_PER_SECOND));
  const before = await heap(inspector);

  let mostToasts = 0;
  let flooding = true;
  const end = flood(likes.splice(0, SECONDS * LIKES_PER_SECOND)).finally(() => (flooding = false));
  await expect
    .poll(
      async () => {
        mostToasts = Math.max(mostToasts, await alice.toasts.all.count());
        return flooding;
      },
      { timeout: 180_000, intervals: [LOOK_MS] },
    )
    .toBe(false);
  await end;
  await alice.seesBadge(server.database.unread('alice').counter);
  const growth = (await heap(inspector)) - before;
  const longest = Math.max(0, ...(await alice.page.evaluate(() => window.longTasks)));

  console.log(
    `Flood: longest task ${longest.toFixed(0)} ms (goal ${LONG_TASK_GOAL_MS}), most toasts ${mostToasts}, ` +
      `heap ${(growth / MEGABYTE).toFixed(1)} MB more (goal 20)`,
  );
  expect(mostToasts).toBeGreaterThan(0);
  expect(mostToasts).toBeLessThanOrEqual(3);
  expect(growth).toBeLessThanOrEqual(MOST_GROWTH);
  expect(longest).toBeLessThan(LONG_TASK_FLOOR_MS);
  await Promise.all(likers.map((liker) => liker.dispose()));
});

type Like = () => Promise<unknown>;

async function guest(url: string): Promise<APIRequestContext> {
  const liker = await request.newContext({ baseURL: url });
  expect((await liker.post('/api/auth/sign-in/anonymous', { data: {} })).status()).toBe(200);
  return liker;
}

/** Everybody likes every post once, in no order. */
function shuffledLikes(postIds: string[], likers: APIRequestContext[]): Like[] {
  const likes = postIds.flatMap((id) =>
    likers.map((liker) => async () => {
      expect((await liker.put(`/api/posts/${id}/like`)).status()).toBe(200);
    }),
  );
  return likes
    .map((like) => ({ like, order: Math.random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ like }) => like);
}

/** So many a second, whether those before have been answered or not. */
async function flood(likes: Like[]): Promise<void> {
  const answers: Promise<unknown>[] = [];
  const start = performance.now();
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = ((performance.now() - start) / 1_000) * LIKES_PER_SECOND;
      while (answers.length < due) {
        const like = likes.shift();
        if (!like) {
          clearInterval(timer);
          resolve();
          return;
        }
        answers.push(like());
      }
    }, 10);
  });
  await Promise.all(answers);
}

/** Bytes in use, when everything that can go is gone. */
async function heap(inspector: CDPSession): Promise<number> {
  await inspector.send('HeapProfiler.collectGarbage');
  const { usedSize } = await inspector.send('Runtime.getHeapUsage');
  return usedSize;
}

declare global {
  interface Window {
    /** In ms. */
    longTasks: number[];
  }
}
