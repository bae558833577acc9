import { expect, test } from 'vitest';
import { type LikesState, planLikes } from './planLikes.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = 500_000 * HOUR_MS;

function start() {
  const row = { authorId: 'ann', likeCount: 0, rev: 0, muted: false, likes: new Map(), notification: null };
  const state: LikesState = { posts: new Map([['post', { id: 'post', ...row }]]), inboxes: new Map() };
  return (at: number, liked: boolean, op: { client: string; n: number } | null) => {
    const plan = planLikes(state, [{ userId: 'bob', postId: 'post', liked, op }], at);
    return { changed: plan.outcomes[0]?.changed, written: [...plan.likes] };
  };
}

test('an operation is remembered for a day, whatever other clients do meanwhile', () => {
  const set = start();
  set(NOW, true, { client: 'one', n: 2 });
  for (let hour = 1; hour <= 24; hour += 1) set(NOW + hour * HOUR_MS, true, { client: `tab ${hour}`, n: 1 });
  expect(set(NOW + DAY_MS, false, { client: 'one', n: 2 }).changed).toBe(false);
  expect(set(NOW + DAY_MS, false, { client: 'one', n: 1 }).changed).toBe(false);
  expect(set(NOW + DAY_MS, false, { client: 'one', n: 3 }).changed).toBe(true);
});

test('what is older than that goes with the next operation of the person on the post', () => {
  const set = start();
  set(NOW, true, { client: 'one', n: 1 });
  const [like] = set(NOW + DAY_MS + 3 * HOUR_MS, false, { client: 'two', n: 1 }).written;
  expect(like?.ops.map(([client]) => client)).toEqual(['two']);
});

test('what changes nothing and has no number is not written', () => {
  expect(start()(NOW, false, null)).toEqual({ changed: false, written: [] });
});
