import type { LikeOp, LikeState, Problem, Result } from '@live-likes/contract';
import { expect, test } from 'vitest';
import { createLikeQueue } from './likeQueue.ts';

interface Sent {
  postId: string;
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
  const held: number[] = [];
  const timers: (() => void)[] = [];
  let elapsed = 0;
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  const queue = createLikeQueue({
    clientId: 'tab',
    clock: {
      now: () => 0,
      elapsed: () => elapsed,
      setTimeout: (run) => timers.push(run),
      clearTimeout: () => timers.splice(0),
    },
    send: ({ postId, liked, op }) =>
      new Promise((resolve, reject) => {
        const answer = (result: Result<LikeState>) => (resolve(result), settled());
        sent.push({ postId, liked, op, answer, lose: () => (reject(new Error('lost')), settled()) });
      }),
    onWish: (postId, liked) => wishes.set(postId, liked),
    onState: () => undefined,
    onRefused: (_, problem) => refused.push(problem),
    onHeld: (forMs) => held.push(forMs),
  });
  /** Lets the time pass, and runs what waited for it. */
  const fire = (ms = 1_000) => {
    elapsed += ms;
    timers.splice(0).forEach((run) => run());
  };
  return { queue, sent, wishes, refused, held, fire };
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

test('wishes that waited are sent in their order, and not as a flood', async () => {
  const { queue, sent } = setUp();
  for (let post = 0; post < 50; post += 1) queue.set(`p${post}`, true);
  queue.set('p0', false);
  queue.connected();
  expect(sent).toHaveLength(20);
  for (let answered = 0; answered < 50; answered += 1) await sent[answered]!.answer(done(true));
  expect(sent.map(({ op }) => op.n)).toEqual(Array.from({ length: 50 }, (_, index) => index + 2));
});

test('after a refusal for now nothing is sent before the time that it says, not even what is new', async () => {
  const { queue, sent, held, wishes, fire } = setUp();
  queue.connected();
  for (let post = 0; post < 30; post += 1) queue.set(`p${post}`, true);
  await sent[0]!.answer(done(true));
  expect(sent).toHaveLength(21);
  for (const { answer } of sent.slice(1)) await answer(failed('RATE_LIMITED', 5_000));
  queue.set('new', true);
  queue.lost();
  queue.connected();
  expect(sent).toHaveLength(21);
  expect(held).toEqual([5_000]);
  fire(4_000);
  expect(sent).toHaveLength(21);
  expect(wishes.get('new')).toBe(true);
  fire(1_000);
  expect(sent).toHaveLength(41);
  expect(sent[21]!.postId).toBe('p1');
});

test('the latest of several times is waited for', async () => {
  const { queue, sent, fire } = setUp();
  queue.connected();
  queue.set('p', true);
  queue.set('q', true);
  await sent[0]!.answer(failed('RATE_LIMITED', 1_000));
  await sent[1]!.answer(failed('RATE_LIMITED', 9_000));
  fire(1_000);
  expect(sent).toHaveLength(2);
  fire(8_000);
  expect(sent).toHaveLength(4);
});
