import type { InboxDelta, InboxPage, Notification } from '@live-likes/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addOlder, applyDelta, emptyInbox, type Inbox, sortedItems } from './inbox.ts';
import { createOlderPages } from './olderPages.ts';
import { writable } from './readable.ts';

const PUSHED = 50;
const NONE: ReadonlySet<string> = new Set();

function item(id: string, seq: number, rest: Partial<Notification> = {}): Notification {
  const base = { kind: 'like' as const, post: null, text: null, actors: [], count: 1, removed: false };
  return { id, seq, newCount: 1, updatedAt: new Date(seq * 1_000).toISOString(), ...base, ...rest };
}
const name = (n: number) => `n${String(n).padStart(3, '0')}`;

/** The inbox of somebody with this many notifications, on a server that pages by the time of them. */
function setUp(count: number) {
  const stored = new Map(Array.from({ length: count }, (_, i) => [name(i + 1), item(name(i + 1), i + 1)]));
  const state = { seq: count, epoch: 'one' };
  const newestFirst = () =>
    [...stored.values()]
      .filter((stand) => !stand.removed)
      .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  const inbox = writable<Inbox>(emptyInbox);
  const pages = createOlderPages(inbox);

  function take(delta: InboxDelta) {
    const applied = applyDelta(inbox.get(), delta, null);
    if (applied.kind !== 'applied') return;
    inbox.set(applied.inbox);
    pages.taken(delta);
  }
  const delta = (from: number, rest: Partial<InboxDelta> = {}): InboxDelta => ({
    epoch: state.epoch,
    from,
    to: state.seq,
    items: [...stored.values()].filter((stand) => stand.seq > from),
    unread: 0,
    reset: false,
    ...rest,
  });
  const reset = () => take(delta(0, { items: newestFirst().slice(0, PUSHED), reset: true }));

  const asked: (string | null)[] = [];
  async function fetchPage(before: string | null): Promise<InboxPage> {
    asked.push(before);
    const all = newestFirst().filter((stand) => before === null || stand.updatedAt < before);
    const items = all.slice(0, PUSHED);
    const next = all.length > PUSHED ? items.at(-1)!.updatedAt : null;
    return { epoch: state.epoch, items, seq: state.seq, unread: 0, next };
  }

  reset();
  return {
    inbox,
    pages,
    stored,
    state,
    asked,
    fetchPage,
    reset,
    ids: () => sortedItems(inbox.get()).map((stand) => stand.id),
    expected: () => newestFirst().map((stand) => stand.id),
    /** Changes a notification on the server, and nobody is told yet. */
    change(id: string, rest: Partial<Notification>) {
      state.seq += 1;
      stored.set(id, { ...stored.get(id)!, ...rest, seq: state.seq });
    },
    push: () => take(delta(inbox.get().cursor)),
  };
}

test('pages go on below what was pushed, until nothing is older', async () => {
  const { pages, inbox, ids, expected, fetchPage, asked } = setUp(130);
  expect(ids()).toHaveLength(50);
  await pages.load(fetchPage);
  expect(ids()).toEqual(expected().slice(0, 100));
  await pages.load(fetchPage);
  expect(ids()).toEqual(expected());
  expect(inbox.get().older).toBeNull();
  const before = asked.length;
  await pages.load(fetchPage);
  expect(asked).toHaveLength(before);
});

test('a small inbox is known to have nothing older, without asking', async () => {
  const { pages, asked, fetchPage } = setUp(49);
  await pages.load(fetchPage);
  expect(asked).toEqual([]);
});

test('of exactly what was pushed, nothing is older', async () => {
  const { pages, ids, inbox, fetchPage } = setUp(50);
  await pages.load(fetchPage);
  expect(ids()).toHaveLength(50);
  expect(inbox.get().older).toBeNull();
});

test('what is read or removed later is so in older pages too', async () => {
  const { pages, inbox, ids, expected, change, push, fetchPage } = setUp(100);
  await pages.load(fetchPage);
  change(name(3), { newCount: 0 });
  change(name(4), { removed: true });
  push();
  expect(inbox.get().items.get(name(3))).toMatchObject({ newCount: 0 });
  expect(ids()).toEqual(expected());
  expect(ids()).not.toContain(name(4));
});

test('what was removed while the page was on its way does not come back with it', async () => {
  const { pages, ids, change, push, fetchPage } = setUp(60);
  await pages.load(async (before) => {
    const page = await fetchPage(before);
    if (page.items.some((stand) => stand.id === name(5))) {
      change(name(5), { removed: true });
      push();
    }
    return page;
  });
  expect(ids()).toHaveLength(59);
  expect(ids()).not.toContain(name(5));
});

test('an older state never overrides a newer one', () => {
  const known: Inbox = {
    ...emptyInbox,
    epoch: 'one',
    cursor: 9,
    items: new Map([['a', item('a', 9, { newCount: 0 })]]),
  };
  const page = { epoch: 'one', items: [item('a', 2)], seq: 2, unread: 1, next: null };
  expect(addOlder(known, page, NONE).items.get('a')).toMatchObject({ seq: 9, newCount: 0 });
});

test('what is ahead of the cursor is left to the delta, which tells what of it is news', async () => {
  const { pages, inbox, ids, expected, change, push, fetchPage } = setUp(60);
  change(name(2), { newCount: 2 });
  await pages.load(fetchPage);
  expect(ids()).not.toContain(name(2));
  push();
  expect(inbox.get().items.get(name(2))).toMatchObject({ newCount: 2 });
  expect(ids()).toEqual(expected());
});

test('a page from before a reset does not join on to it', async () => {
  const { pages, inbox, ids, expected, fetchPage, reset, change } = setUp(200);
  await pages.load(fetchPage);
  await pages.load(async (before) => {
    const page = await fetchPage(before);
    change(name(1), {});
    reset();
    return page;
  });
  expect(ids()).toEqual(expected().slice(0, 50));
  expect(inbox.get().older).toBeUndefined();
  await pages.load(fetchPage);
  expect(ids()).toEqual(expected().slice(0, 100));
});

test('a page of another history is refused', async () => {
  const { pages, state, ids, fetchPage } = setUp(60);
  state.epoch = 'two';
  await expect(pages.load(fetchPage)).rejects.toThrow('another history');
  expect(ids()).toHaveLength(50);
});

test('a page that cannot be fetched can be asked for again, and two askers share one', async () => {
  const { pages, ids, asked, fetchPage } = setUp(60);
  await expect(pages.load(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
  await Promise.all([pages.load(fetchPage), pages.load(fetchPage)]);
  expect(ids()).toHaveLength(60);
  expect(asked).toHaveLength(2);
});

test('in whatever order things change, are pushed and are fetched, the list is the server’s', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('touch'), n: fc.integer({ min: 1, max: 120 }) }),
    fc.record({ kind: fc.constant('remove'), n: fc.integer({ min: 1, max: 120 }) }),
    fc.record({ kind: fc.constant('push'), n: fc.constant(0) }),
  );
  const between = fc.array(step, { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(between, between), { minLength: 1, maxLength: 5 }), async (loads) => {
      const { pages, inbox, stored, ids, expected, change, push, fetchPage, state } = setUp(120);
      const run = (steps: { kind: string; n: number }[]) => {
        for (const { kind, n } of steps) {
          const id = name(n);
          if (kind === 'push') push();
          else if (stored.get(id)?.removed) continue;
          else if (kind === 'remove') change(id, { removed: true });
          else change(id, { updatedAt: new Date((state.seq + 1) * 1_000).toISOString() });
        }
      };
      for (const [meanwhile, after] of loads) {
        await pages.load(async (before) => {
          const page = await fetchPage(before);
          run(meanwhile);
          return page;
        });
        run(after);
      }
      while (inbox.get().older !== null) await pages.load(fetchPage);
      push();
      expect(ids()).toEqual(expected());
      for (const shown of inbox.get().items.values()) expect(shown).toEqual(stored.get(shown.id));
    }),
    { numRuns: 200 },
  );
});
