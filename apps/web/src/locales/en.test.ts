import type { Notification, User } from '@live-likes/contract';
import { expect, test } from 'vitest';
import { awayText, newPostsText, notificationText, relativeTime } from './en.ts';

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
  expect(notificationText(likes(1, 'Bob'))).toBe('Bob liked your post');
  expect(notificationText(likes(2, 'Carol', 'Bob'))).toBe('Carol and 1 other liked your post');
  expect(notificationText(likes(3, 'Dave', 'Carol', 'Bob'))).toBe('Dave and 2 others liked your post');
});

test('an announcement speaks for itself', () => {
  const announcement: Notification = { ...likes(0), kind: 'announcement', post: null, text: 'Tea is ready' };
  expect(notificationText(announcement)).toBe('Tea is ready');
});

test('one is singular', () => {
  expect(awayText(12, 3)).toBe('While you were away: 12 likes on 3 posts');
  expect(awayText(1, 1)).toBe('While you were away: 1 like on 1 post');
  expect(newPostsText(1)).toBe('1 new post');
  expect(newPostsText(2)).toBe('2 new posts');
});

test('times are never in the future, whatever the clocks say', () => {
  const now = new Date('2026-06-15T12:00:00Z');
  const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  expect(relativeTime(before(-5), now)).toBe('just now');
  expect(relativeTime(before(5), now)).toBe('5m ago');
  expect(relativeTime(before(3 * 60), now)).toBe('3h ago');
  expect(relativeTime(before(2 * 24 * 60), now)).toBe('2d ago');
  expect(relativeTime(before(30 * 24 * 60), now)).toBe('May 16');
  expect(relativeTime(before(400 * 24 * 60), now)).toBe('May 11, 2025');
});
