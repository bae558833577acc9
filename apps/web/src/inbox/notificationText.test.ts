import type { Notification, User } from '@live-likes/contract';
import { expect, test } from 'vitest';
import { en } from '../locales/en.ts';
import { zhCN } from '../locales/zhCN.ts';
import { notificationText } from './notificationText.ts';

const user = (name: string): User => ({ id: name, username: name, name, image: null });

const likes = (count: number, ...names: string[]): Notification => ({
  id: 'n1',
  seq: 1,
  kind: 'like',
  post: { id: 'p1', excerpt: 'Hello' },
  text: null,
  actors: names.map(user),
  count,
  newCount: count,
  updatedAt: '2026-01-01T00:00:00.000Z',
  removed: false,
});

test('a notification names the newest liker and counts the others', () => {
  expect(notificationText(likes(1, 'Bob'), en)).toBe('Bob liked your post');
  expect(notificationText(likes(2, 'Carol', 'Bob'), en)).toBe('Carol and 1 other liked your post');
  expect(notificationText(likes(3, 'Dave', 'Carol', 'Bob'), en)).toBe('Dave and 2 others liked your post');
  expect(notificationText(likes(3, 'Dave', 'Carol', 'Bob'), zhCN)).toBe('Dave 和另外 2 人赞了你的帖子');
});

test('a name from right to left leaves the order of the sentence as it is', () => {
  expect(notificationText(likes(2, 'שרה', 'Bob'), en)).toBe('\u2068שרה\u2069 and 1 other liked your post');
});

test('an announcement speaks for itself', () => {
  const announcement: Notification = { ...likes(0), kind: 'announcement', post: null, text: 'Tea is ready' };
  expect(notificationText(announcement, en)).toBe('Tea is ready');
});
