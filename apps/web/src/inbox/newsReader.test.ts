import type { Notification } from '@live-likes/contract';
import { expect, test } from 'vitest';
import type { Inbox } from '../realtime/live.ts';
import { createNewsReader } from './newsReader.ts';

function setUp(...items: [id: string, actor: string, minute: number, newCount?: number][]) {
  const notifications = items.map(([id, name, minute, newCount = 1]): [string, Notification] => [
    id,
    { id, actors: [{ name }], newCount, updatedAt: `2026-06-15T12:0${minute}:00Z` } as Notification,
  ]);
  const inbox = { items: new Map(notifications), unread: 7 } as unknown as Inbox;
  let summary: () => string | null = () => null;
  const reader = createNewsReader(
    { get: () => inbox, subscribe: () => () => undefined },
    {
      add: (_about, words) => (summary = words),
      stop: () => undefined,
    },
  );
  return { reader, summary: () => summary() };
}

test('all that came since the last time is one summary, with the latest of it', () => {
  const { reader, summary } = setUp(['a', 'Bob', 1], ['b', 'Carol', 3], ['c', 'Dave', 2]);
  for (const id of ['a', 'b', 'c', 'a']) reader.add(id);
  expect(summary()).toBe('3 new notifications. Latest from Carol. 7 unread.');
  reader.add('c');
  expect(summary()).toBe('1 new notification. Latest from Dave. 7 unread.');
});

test('what was read or taken back before it was said is not said', () => {
  const { reader, summary } = setUp(['a', 'Bob', 1], ['b', 'Carol', 2], ['read', 'Dave', 3, 0]);
  reader.add('a');
  reader.add('b');
  reader.drop('b');
  reader.add('read');
  reader.add('gone');
  expect(summary()).toBe('1 new notification. Latest from Bob. 7 unread.');
  reader.add('a');
  reader.drop('a');
  expect(summary()).toBeNull();
});
