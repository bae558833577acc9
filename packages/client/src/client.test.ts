import type { InboxDelta, Notification, Result, User } from '@live-likes/contract';
import { expect, test } from 'vitest';
import type { Alert } from './alerts.ts';
import { createLiveClient, type LiveClient } from './client.ts';
import type { Wire, WireHandlers } from './wire.ts';

const alice: User = { id: 'alice', username: 'alice', name: 'Alice', image: null };
const bob: User = { id: 'bob', username: 'bob', name: 'Bob', image: null };

interface Call {
  event: string;
  payload: unknown;
  answer(result: Result<unknown>): Promise<void>;
  lose(): Promise<void>;
}

/** The client core over a wire that the test holds in its hand. */
function setUp() {
  const calls: Call[] = [];
  const alerts: Alert[] = [];
  const log: string[] = [];
  const timers = new Set<() => void>();
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  let handlers: WireHandlers | undefined;
  const wire: Wire = {
    open: (given) => (handlers = given),
    send: (event, payload) =>
      new Promise((resolve, reject) => {
        const answer = (result: Result<unknown>) => (resolve(result as never), turn());
        calls.push({ event, payload, answer, lose: () => (reject(new Error('lost')), turn()) });
      }),
    reconnect: () => log.push('reconnected'),
    close: () => log.push('closed'),
  };
  const client: LiveClient = createLiveClient({
    userId: alice.id,
    wire,
    clock: {
      now: () => 0,
      elapsed: () => 0,
      setTimeout: (run) => (timers.add(run), run),
      clearTimeout: (run) => timers.delete(run as () => void),
    },
    onAlert: (alert) => alerts.push(alert),
    onResumed: () => log.push('resumed'),
    onEnded: (reason) => log.push(`ended: ${reason}`),
  });
  const { events, lost, cursor } = handlers as WireHandlers;
  return {
    client,
    alerts,
    log,
    events,
    lost,
    ready: (inbox: InboxDelta, user = alice) => {
      cursor();
      events['session:ready']({ user, now: new Date(0).toISOString(), inbox, online: 1 });
    },
    asked: (event: string) => calls.filter((call) => call.event === event),
    fire: () => {
      const due = [...timers];
      timers.clear();
      for (const run of due) run();
    },
  };
}

function item(id: string, seq: number): Notification {
  const rest = {
    kind: 'like' as const,
    post: null,
    text: null,
    updatedAt: `2026-01-01T00:00:00.${String(seq).padStart(3, '0')}Z`,
    removed: false,
  };
  return { id, seq, ...rest, actors: [bob], count: 1, newCount: 1 };
}

const delta = (
  from: number,
  to: number,
  items: Notification[] = [],
  reset = false,
  epoch = 'one',
): InboxDelta => ({
  epoch,
  from,
  to,
  items,
  unread: items.length,
  reset,
});
const reset = (to: number, items: Notification[] = [], epoch = 'one') => delta(0, to, items, true, epoch);

test('a push with a hole before it is asked for, once, and applied from the answer', async () => {
  const t = setUp();
  t.ready(reset(1));
  t.events['inbox:changed'](delta(2, 3, [item('b', 3)]));
  t.events['inbox:changed'](delta(3, 4, [item('c', 4)]));
  expect(t.client.connection.get()).toBe('catching-up');
  expect(t.asked('inbox:since')).toMatchObject([{ payload: { epoch: 'one', since: 1 } }]);
  await t
    .asked('inbox:since')[0]!
    .answer({ ok: true, data: delta(1, 4, [item('a', 2), item('b', 3), item('c', 4)]) });
  expect([...t.client.inbox.get().items.keys()]).toEqual(['a', 'b', 'c']);
  expect(t.client.connection.get()).toBe('live');
  expect(t.alerts.map((alert) => alert.kind)).toEqual(['show', 'show', 'show']);
});

test('a doubled session:ready takes nothing back, and no question either', async () => {
  const t = setUp();
  t.events['inbox:changed'](delta(0, 1, [item('a', 1)]));
  t.ready(reset(0));
  t.ready(reset(0));
  expect(t.asked('inbox:since')).toHaveLength(1);
  await t.asked('inbox:since')[0]!.answer({ ok: true, data: delta(0, 1, [item('a', 1)]) });
  expect(t.client.inbox.get()).toMatchObject({ cursor: 1 });
});

test('what comes before it is known whose connection it is waits, and is asked for if need be', async () => {
  const t = setUp();
  t.ready(reset(1));
  t.lost();
  t.events['inbox:changed'](delta(1, 2, [item('foreign', 2)]));
  t.events['like:changed']({ postId: 'post', liked: true, likeCount: 1, rev: 1 });
  expect(t.client.inbox.get()).toMatchObject({ cursor: 1 });
  expect(t.client.likes.get('post')).toBeUndefined();
  t.ready(delta(1, 1));
  expect(t.asked('inbox:since')).toMatchObject([{ payload: { since: 1 } }]);
});

test('of a long absence every post that got new likes pops up, and none that only shows itself again', () => {
  const t = setUp();
  t.ready(reset(10, [item('a', 9), item('b', 10)]));
  t.lost();
  t.ready(reset(500, [item('b', 10), item('c', 400), item('old', 5)]));
  expect(t.alerts).toMatchObject([
    { kind: 'dismiss', id: 'a' },
    { kind: 'show', notification: { id: 'c' } },
    { kind: 'update', notification: { id: 'old' } },
  ]);
});

test('a connection that does not answer after waking is replaced at once', async () => {
  const t = setUp();
  t.ready(reset(1));
  t.client.wake();
  t.client.wake();
  expect(t.asked('inbox:since')).toHaveLength(1);
  expect(t.client.connection.get()).toBe('live');
  t.fire();
  expect(t.log).toEqual(['resumed', 'reconnected']);
});

test('one that answers stays, and brings what was missed', async () => {
  const t = setUp();
  t.ready(reset(1));
  t.client.wake();
  await t.asked('inbox:since')[0]!.answer({ ok: true, data: delta(1, 2, [item('a', 2)]) });
  t.fire();
  expect(t.log).toEqual(['resumed']);
  expect(t.client.inbox.get()).toMatchObject({ cursor: 2 });
});

test('waking ends a wait for the next try', () => {
  const t = setUp();
  t.client.wake();
  expect(t.log).toEqual(['reconnected']);
});

test('what was missed during a break pops up, what is in the first inbox does not', () => {
  const t = setUp();
  t.ready(reset(1, [item('a', 1)]));
  expect(t.alerts).toEqual([]);
  t.lost();
  t.ready(delta(1, 2, [item('b', 2)]));
  expect(t.alerts).toMatchObject([{ kind: 'show', notification: { id: 'b' } }]);
  expect(t.log).toEqual(['resumed', 'resumed']);
});

test('a replaced database drops what was known, and the lists are fetched again once', () => {
  const t = setUp();
  t.ready(reset(5, [item('a', 5)]));
  t.lost();
  t.ready(reset(2, [item('b', 2)], 'two'));
  expect([...t.client.inbox.get().items.keys()]).toEqual(['b']);
  expect(t.alerts).toEqual([{ kind: 'dismiss', id: 'a' }]);
  expect(t.log).toEqual(['resumed', 'resumed']);
});

test('an inbox that went back in the same history is believed', () => {
  const t = setUp();
  t.ready(reset(9, [item('a', 9)]));
  t.lost();
  t.ready(reset(4, [item('b', 4)]));
  expect(t.client.inbox.get()).toMatchObject({ cursor: 4, items: new Map([['b', item('b', 4)]]) });
});

test("a connection that turns out to be another user's ends the client and sends nothing", async () => {
  const t = setUp();
  t.ready(reset(1));
  t.lost();
  t.client.setLike('post', true);
  await expect(t.client.markRead({ upTo: 1 })).rejects.toThrow('not connected');
  t.ready(reset(1), bob);
  expect(t.log).toEqual(['resumed', 'closed', 'ended: another user is logged in']);
  expect([...t.asked('like:set'), ...t.asked('inbox:read')]).toEqual([]);
  expect(t.client.connection.get()).toBe('offline');
});

test('posts that are gone are told of, and an unanswered watch is asked again', async () => {
  const t = setUp();
  t.ready(reset(1));
  t.client.watch(['p', 'q']);
  const [, watch] = t.asked('posts:watch');
  await watch!.lose();
  t.fire();
  expect(t.asked('posts:watch')).toHaveLength(3);
  expect(t.asked('posts:watch')[2]).toMatchObject({ payload: { postIds: ['p', 'q'] } });
});
