import type { LikeOp, LikeState, Problem, Result } from '@live-likes/contract';
import { expect, test } from 'vitest';
import { createLikeQueue } from './likeQueue.ts';

interface Sent {
  liked: boolean;
  op: LikeOp;
  answer(result: Result<LikeState>): Promise<void>;
  lose(): Promise<void>;
}

/** A queue over a network that the test holds in its hand. */
function setUp() {
  const sent: Sent[] = [];
  const wishes = new Map<string, boolean | null>();
  const refused: Problem[] = [];
  const timers: (() => void)[] = [];
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  const queue = createLikeQueue({
    clientId: 'tab',
    clock: {
      now: () => 0,
      elapsed: () => 0,
      setTimeout: (run) => timers.push(run),
      clearTimeout: () => timers.splice(0),
    },
    send: ({ liked, op }) =>
      new Promise((resolve, reject) => {
        const answer = (result: Result<LikeState>) => (resolve(result), settled());
        sent.push({ liked, op, answer, lose: () => (reject(new Error('lost')), settled()) });
      }),
    onWish: (postId, liked) => wishes.set(postId, liked),
    onState: () => undefined,
    onRefused: (_, problem) => refused.push(problem),
  });
  const fire = () => timers.splice(0).forEach((run) => run());
  return { queue, sent, wishes, refused, fire };
}

const done = (liked: boolean): Result<LikeState> => ({
  ok: true,
  data: { postId: 'p', liked, likeCount: Number(liked), rev: 1 },
});
const failed = (code: Problem['code'], retryAfterMs?: number): Result<LikeState> => ({
  ok: false,
  error: { code, message: code, ...(retryAfterMs && { retryAfterMs }) },
});

test('a like is sent at once and is settled by its answer', async () => {
  const { queue, sent, wishes } = setUp();
  queue.connected();
  queue.set('p', true);
  expect(wishes.get('p')).toBe(true);
  await sent[0]!.answer(done(true));
  expect(wishes.get('p')).toBeNull();
  expect(sent).toHaveLength(1);
});

test('of what was clicked while offline only the last is sent, once', async () => {
  const { queue, sent } = setUp();
  for (const liked of [true, false, true]) queue.set('p', liked);
  expect(sent).toEqual([]);
  queue.connected();
  expect(sent).toMatchObject([{ liked: true, op: { client: 'tab', n: 3 } }]);
});

test('without an answer the same operation is sent again on the next connection', async () => {
  const { queue, sent, wishes } = setUp();
  queue.connected();
  queue.set('p', true);
  queue.lost();
  await sent[0]!.lose();
  expect(sent).toHaveLength(1);
  queue.connected();
  expect(sent[1]).toMatchObject({ liked: true, op: sent[0]!.op });
  await sent[1]!.answer(done(true));
  expect(wishes.get('p')).toBeNull();
});

test('a new connection does not wait for the old one to be given up', () => {
  const { queue, sent } = setUp();
  queue.connected();
  queue.set('p', true);
  queue.lost();
  queue.connected();
  expect(sent).toMatchObject([{ op: { n: 1 } }, { op: { n: 1 } }]);
});

test('an answer that never comes on a living connection is asked for again', async () => {
  const { queue, sent, fire } = setUp();
  queue.connected();
  queue.set('p', true);
  await sent[0]!.lose();
  fire();
  expect(sent[1]).toMatchObject({ op: sent[0]!.op });
});

test('the answer to an older wish does not settle the newer one', async () => {
  const { queue, sent, wishes } = setUp();
  queue.connected();
  queue.set('p', true);
  queue.set('p', false);
  await sent[0]!.answer(done(true));
  expect(wishes.get('p')).toBe(false);
  await sent[1]!.answer(done(false));
  expect(wishes.get('p')).toBeNull();
});

test('a refusal takes the wish back and says why', async () => {
  const { queue, sent, wishes, refused } = setUp();
  queue.connected();
  queue.set('p', true);
  await sent[0]!.answer(failed('NOT_FOUND'));
  expect(wishes.get('p')).toBeNull();
  expect(refused).toMatchObject([{ code: 'NOT_FOUND' }]);
});

test('a refusal that passes by itself is waited out', async () => {
  const { queue, sent, wishes, refused, fire } = setUp();
  queue.connected();
  queue.set('p', true);
  await sent[0]!.answer(failed('UNAVAILABLE', 500));
  expect(wishes.get('p')).toBe(true);
  fire();
  await sent[1]!.answer(done(true));
  expect([wishes.get('p'), refused]).toEqual([null, []]);
});

test('a closed queue sends nothing more and shows no wish', () => {
  const { queue, sent, wishes } = setUp();
  queue.set('p', true);
  queue.close();
  queue.connected();
  expect([sent, wishes.get('p')]).toEqual([[], null]);
});
