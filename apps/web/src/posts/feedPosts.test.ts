import type { Post } from '@live-likes/contract';
import { expect, test } from 'vitest';
import { holdBack, mergePosts } from './feedPosts.ts';

function post(minute: number, authorId = 'bob'): Post {
  return {
    id: `p${minute}`,
    author: { id: authorId, username: authorId, name: authorId, image: null },
    body: 'Hello',
    createdAt: new Date(minute * 60_000).toISOString(),
    likeCount: 0,
    liked: false,
    rev: 0,
  };
}

const ids = (posts: Post[]) => posts.map(({ id }) => id);

test('a post that comes live and in a page is one post, and the newest is first', () => {
  const merged = mergePosts([[post(3)], [post(3), post(2)], [post(1)]], new Set());
  expect(ids(merged)).toEqual(['p3', 'p2', 'p1']);
});

test('a deleted post stays away, wherever it comes from', () => {
  const merged = mergePosts([[post(3)], [post(3), post(2)]], new Set(['p3']));
  expect(ids(merged)).toEqual(['p2']);
});

test('what others wrote since waits; what I wrote shows at once', () => {
  const { shown, held } = holdBack([post(5, 'alice'), post(4), post(3), post(2)], post(2).createdAt, 'alice');
  expect(ids(shown)).toEqual(['p5', 'p2']);
  expect(held).toBe(2);
});
