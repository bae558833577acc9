import type { LikersPage } from '@live-likes/contract';
import { expect, test } from 'vitest';
import { appendLikers, refreshLikers } from './likersList.ts';

const page = (names: string, next: string | null = null): LikersPage => ({
  users: names.split('').map((name) => ({ id: name, username: name, name, image: null })),
  next,
});
const names = ({ users }: LikersPage) => users.map(({ id }) => id).join('');

test('a new like pushes nobody out of the list', () => {
  const fresh = refreshLikers(page('abcde', 'after e'), page('xab', 'after b'));
  expect(names(fresh)).toBe('xabcde');
  expect(fresh.next).toBe('after e');
});

test('who took a like back is gone', () => {
  expect(names(refreshLikers(page('abcde'), page('acd', 'after d')))).toBe('acde');
  expect(names(refreshLikers(page('abcde', 'after e'), page('ab')))).toBe('ab');
});

test('a list of one page goes on where that page ends', () => {
  expect(refreshLikers(page('abc', 'after c'), page('xab', 'after b')).next).toBe('after c');
  expect(refreshLikers(page('ab', 'after b'), page('xab', 'after b')).next).toBe('after b');
});

test('a list that has changed as a whole starts anew', () => {
  const fresh = page('vwx', 'after x');
  expect(refreshLikers(page('abcde', 'after e'), fresh)).toEqual(fresh);
});

test('who liked anew between two pages is there once', () => {
  const more = appendLikers(page('abc', 'after c'), page('cd'));
  expect(names(more)).toBe('abcd');
  expect(more.next).toBeNull();
});
