import type { Notification } from '@live-likes/contract';
import { expect, test } from 'vitest';
import { en } from '../locales/en.ts';
import { zhCN } from '../locales/zhCN.ts';
import { describeNotification } from './describeNotification.ts';

const likes: Notification = {
  id: 'n 1',
  seq: 1,
  kind: 'like',
  post: { id: 'p/1', excerpt: 'Hello' },
  text: null,
  actors: [{ id: 'bob', username: 'bob', name: 'Bob', image: null }],
  count: 2,
  newCount: 2,
  updatedAt: '2026-01-01T00:00:00.000Z',
  removed: false,
};

test('likes say who and of which post, and lead to it', () => {
  expect(describeNotification(likes, en)).toEqual({
    title: 'Bob and 1 other liked your post',
    body: 'Hello',
    tag: 'n 1',
    url: '/posts/p%2F1?read=n%201',
  });
  expect(describeNotification(likes, zhCN).title).toBe('Bob 和另外 1 人赞了你的帖子');
});

test('an announcement speaks for itself', () => {
  const announcement: Notification = { ...likes, kind: 'announcement', post: null, text: 'Tea is ready' };
  expect(describeNotification(announcement, en)).toMatchObject({
    title: 'Live Likes',
    body: 'Tea is ready',
    url: '/notifications?read=n%201',
  });
});
