import type { InboxCursor, InboxDelta, Notification, Result } from '@live-likes/contract';
import { expect, test } from 'vitest';
import { createInboxFeed } from './inboxFeed.ts';

/** A feed that has heard of everything up to 1, over a connection that the test holds in its hand. */
function setUp() {
  const questions: { cursor: InboxCursor; answer(result: Result<InboxDelta> | null): Promise<void> }[] = [];
  const timers = new Set<() => void>();
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  const state = { caughtUp: false };
  const feed = createInboxFeed({
    clock: {
      now: () => 0,
      elapsed: () => 0,
      setTimeout: (run) => (timers.add(run), run),
      clearTimeout: (run) => timers.delete(run as () => void),
    },
    ask: (cursor) =>
      new Promise((resolve, reject) => {
        questions.push({
          cursor,
          answer: (result) => (result ? resolve(result) : reject(new Error('lost')), turn()),
        });
      }),
    onCaughtUp: (caughtUp) => (state.caughtUp = caughtUp),
    onChanges: () => undefined,
  });
  feed.cursor();
  feed.ready({ ...delta(0, 1), reset: true });
  return {
    feed,
    state,
    questions,
    head: (seq: number) => feed.head({ epoch: 'one', seq, unread: 0 }),
    fire: () => {
      const due = [...timers];
      timers.clear();
      for (const run of due) run();
    },
  };
}

function delta(from: number, to: number): InboxDelta {
  const items = Array.from({ length: to - from }, (_, i) => ({ id: `n${from + i + 1}`, seq: from + i + 1 }));
  return { epoch: 'one', from, to, items: items as Notification[], unread: 0, reset: false };
}
const answer = (from: number, to: number) => ({ ok: true as const, data: delta(from, to) });

test('a head that is further on shows that the last push was lost', async () => {
  const { feed, state, questions, head } = setUp();
  head(1);
  expect(questions).toEqual([]);
  head(2);
  expect(state.caughtUp).toBe(false);
  expect(questions).toMatchObject([{ cursor: { epoch: 'one', since: 1 } }]);
  await questions[0]!.answer(answer(1, 2));
  expect(feed.inbox.get().cursor).toBe(2);
  expect(state.caughtUp).toBe(true);
});

test('a question that is not answered is asked again, and not after the connection is lost', async () => {
  const { feed, questions, head, fire } = setUp();
  head(2);
  await questions[0]!.answer({ ok: false, error: { code: 'UNAVAILABLE', message: '' } });
  fire();
  expect(questions).toHaveLength(2);
  await questions[1]!.answer(null);
  feed.lost();
  fire();
  expect(questions).toHaveLength(2);
});

test('what came while a question was under way is asked for again if the answer does not cover it', async () => {
  const { feed, state, questions, head } = setUp();
  head(2);
  feed.pushed(delta(2, 3));
  await questions[0]!.answer(answer(1, 2));
  expect(state.caughtUp).toBe(false);
  expect(questions[1]).toMatchObject({ cursor: { since: 2 } });
  await questions[1]!.answer(answer(2, 3));
  expect(feed.inbox.get().cursor).toBe(3);
  expect(state.caughtUp).toBe(true);
});

test('a head out of reach is asked for once, and not for ever', async () => {
  const { state, questions, head } = setUp();
  head(2);
  head(9);
  await questions[0]!.answer(answer(1, 2));
  await questions[1]!.answer(answer(2, 2));
  expect(questions).toHaveLength(2);
  expect(state.caughtUp).toBe(true);
});

test('an answer of a connection that is gone is no news', async () => {
  const { feed, questions, head } = setUp();
  head(2);
  feed.lost();
  await questions[0]!.answer(answer(1, 2));
  expect(feed.inbox.get().cursor).toBe(1);
});

test('a probe that is not answered in time says so once, however often it is asked for', () => {
  const { feed, questions, fire } = setUp();
  let silences = 0;
  for (let i = 0; i < 3; i += 1) feed.probe(() => (silences += 1));
  expect(questions).toHaveLength(1);
  fire();
  expect(silences).toBe(1);
});
