import type { InboxDelta, Notification } from '@live-likes/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyDelta as apply, emptyInbox, type Inbox, sortedItems } from './inbox.ts';

function item(id: string, seq: number, rest: Partial<Notification> = {}): Notification {
  const updatedAt = new Date(seq * 1_000).toISOString();
  const base = {
    kind: 'like' as const,
    post: null,
    text: null,
    actors: [],
    count: 1,
    newCount: 1,
    removed: false,
  };
  return { id, seq, updatedAt, ...base, ...rest };
}

function delta(from: number, to: number, items: Notification[], rest: Partial<InboxDelta> = {}): InboxDelta {
  return { epoch: 'one', from, to, items, unread: items.length, reset: false, ...rest };
}

const applyDelta = (inbox: Inbox, next: InboxDelta) => apply(inbox, next, null);

const at = (cursor: number): Inbox => ({ ...emptyInbox, epoch: 'one', cursor });

test('the first reset fills an empty inbox', () => {
  const first = delta(0, 3, [item('a', 3)], { reset: true });
  expect(applyDelta(emptyInbox, first)).toMatchObject({
    kind: 'applied',
    inbox: { epoch: 'one', cursor: 3, unread: 1 },
  });
});

test('a reset of an inbox that was always empty is applied too', () => {
  expect(applyDelta(emptyInbox, delta(0, 0, [], { reset: true }))).toMatchObject({ kind: 'applied' });
});

test.each([
  ['that starts after the cursor', delta(6, 7, [item('a', 7)])],
  ['of another epoch', delta(5, 6, [item('a', 6)], { epoch: 'two' })],
])('a delta %s is a gap', (_, later) => {
  expect(applyDelta(at(5), later)).toEqual({ kind: 'gap' });
});

test('a delta that comes twice or late is stale', () => {
  expect(applyDelta(at(5), delta(3, 5, [item('a', 5)]))).toEqual({ kind: 'stale' });
  expect(applyDelta(at(5), delta(0, 4, [item('a', 4)], { reset: true }))).toEqual({ kind: 'stale' });
});

test('a reset that answers from a lower head holds, as long as nothing else came meanwhile', () => {
  const behind = delta(0, 4, [item('a', 4)], { reset: true });
  expect(apply(at(9), behind, 9)).toMatchObject({ kind: 'applied', inbox: { cursor: 4, unread: 1 } });
  expect(apply(at(10), behind, 9)).toEqual({ kind: 'stale' });
});

test('a delta that overlaps the cursor is applied', () => {
  expect(applyDelta(at(5), delta(3, 6, [item('a', 6)]))).toMatchObject({
    kind: 'applied',
    inbox: { cursor: 6 },
  });
});

test('a reset of another epoch drops what was known', () => {
  const known = applyDelta(at(5), delta(5, 6, [item('a', 6)])) as { inbox: Inbox };
  const applied = applyDelta(known.inbox, delta(0, 2, [item('b', 2)], { epoch: 'two', reset: true }));
  if (applied.kind !== 'applied') throw new Error(applied.kind);
  expect([...applied.inbox.items.keys()]).toEqual(['b']);
  expect(applied.changes.map(({ id, after }) => [id, after?.id])).toEqual([
    ['a', undefined],
    ['b', 'b'],
  ]);
});

test('a removed notification goes', () => {
  const { inbox } = applyDelta(at(0), delta(0, 1, [item('a', 1)])) as { inbox: Inbox };
  const applied = applyDelta(
    inbox,
    delta(1, 2, [item('a', 2, { removed: true, newCount: 0 })], { unread: 0 }),
  );
  expect(applied).toMatchObject({
    inbox: { unread: 0, items: new Map() },
    changes: [{ id: 'a', after: undefined }],
  });
});

test('the list is newest first', () => {
  const { inbox } = applyDelta(at(0), delta(0, 3, [item('a', 1), item('c', 3), item('b', 2)])) as {
    inbox: Inbox;
  };
  expect(sortedItems(inbox).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
});

test('pushes that are lost, doubled and reordered end in the truth once the head is asked for', () => {
  const history = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c'), removed: fc.boolean() }), {
    maxLength: 20,
  });
  const noise = fc.array(fc.record({ from: fc.nat(20), to: fc.nat(20) }), { maxLength: 40 });
  fc.assert(
    fc.property(history, noise, (changes, pushes) => {
      const since = (from: number, to: number) => {
        const latest = new Map(
          changes.slice(0, to).map((change, i) => [change.id, { ...change, seq: i + 1 }]),
        );
        const rows = [...latest.values()].filter(({ seq }) => seq > from);
        return delta(
          from,
          to,
          rows.map(({ id, seq, removed }) => item(id, seq, { removed })),
        );
      };
      let inbox = at(0);
      const take = (next: InboxDelta) => {
        const applied = applyDelta(inbox, next);
        if (applied.kind === 'applied') inbox = applied.inbox;
        return applied.kind;
      };
      for (const push of pushes) {
        const from = Math.min(push.from, changes.length);
        const to = Math.min(Math.max(push.to, from), changes.length);
        if (take(since(from, to)) === 'gap') take(since(inbox.cursor, to));
      }
      take(since(inbox.cursor, changes.length));
      const truth = since(0, changes.length).items.filter(({ removed }) => !removed);
      expect(new Map(inbox.items)).toEqual(new Map(truth.map((row) => [row.id, row])));
    }),
    { numRuns: 500 },
  );
});
