import type { Notification } from '@live-likes/contract';
import { expect, test } from 'vitest';
import type { Inbox } from '../realtime/live.ts';
import { createAwayLog } from './awayLog.ts';

function likes(id: string, newCount: number): Notification {
  return {
    id,
    seq: 1,
    kind: 'like',
    post: { id: `post of ${id}`, excerpt: 'Hello' },
    text: null,
    actors: [],
    count: newCount,
    newCount,
    updatedAt: '2026-01-01T00:00:00.000Z',
    removed: false,
  };
}

function inbox(...items: Notification[]): Inbox {
  return {
    epoch: 'e',
    cursor: 1,
    unread: items.length,
    items: new Map(items.map((item) => [item.id, item])),
    newestAt: '',
  };
}

test('counts the likes that were added, on the posts that got them', () => {
  const log = createAwayLog(inbox(likes('a', 2), likes('quiet', 4)));
  log.add('a');
  log.add('b');
  const after = inbox(likes('a', 5), likes('b', 1), likes('quiet', 4));
  expect(log.sum(after)).toEqual({ likes: 4, posts: 2, announcements: [] });
});

test('tells nothing of what was taken back or read meanwhile', () => {
  const log = createAwayLog(inbox());
  log.add('retracted');
  log.add('read');
  log.add('dropped');
  log.drop('dropped');
  expect(log.sum(inbox(likes('read', 0), likes('dropped', 1)))).toEqual({
    likes: 0,
    posts: 0,
    announcements: [],
  });
});

test('what was read elsewhere meanwhile is not taken off what came after', () => {
  const log = createAwayLog(inbox(likes('a', 3)));
  log.drop('a');
  log.add('a');
  expect(log.sum(inbox(likes('a', 3)))).toMatchObject({ likes: 3, posts: 1 });
});

test('announcements are handed over to be told one by one', () => {
  const announcement: Notification = {
    ...likes('n', 1),
    kind: 'announcement',
    post: null,
    text: 'Tea is ready',
  };
  const log = createAwayLog(inbox());
  log.add('n');
  expect(log.sum(inbox(announcement)).announcements).toEqual([announcement]);
});
