import { expect, test, vi } from 'vitest';
import { createPostLikes } from './postLikes.ts';

const state = (rev: number, likeCount: number, liked = false) => ({ postId: 'p', rev, likeCount, liked });

test('the highest revision wins, whatever comes first', () => {
  const likes = createPostLikes();
  likes.state(state(2, 5));
  likes.counts({ postId: 'p', likeCount: 9, rev: 4 });
  likes.counts({ postId: 'p', likeCount: 7, rev: 3 });
  likes.state(state(3, 7, true));
  expect(likes.get('p')).toEqual({ liked: true, likeCount: 9, pending: false, rev: 4 });
});

test('a wish shows at once, counted in, and goes without a trace', () => {
  const likes = createPostLikes();
  likes.state(state(1, 4));
  likes.wish('p', true);
  expect(likes.get('p')).toEqual({ liked: true, likeCount: 5, pending: true, rev: 1 });
  likes.wish('p', null);
  expect(likes.get('p')).toEqual({ liked: false, likeCount: 4, pending: false, rev: 1 });
});

test('a confirmed wish is not counted twice', () => {
  const likes = createPostLikes();
  likes.state(state(1, 4));
  likes.wish('p', true);
  likes.state(state(2, 5, true));
  likes.wish('p', null);
  expect(likes.get('p')).toEqual({ liked: true, likeCount: 5, pending: false, rev: 2 });
});

test('one like that comes as another goes is told of, though the count stays', () => {
  const likes = createPostLikes();
  likes.state(state(1, 4));
  const told = vi.fn<() => void>();
  likes.version.subscribe(told);
  likes.counts({ postId: 'p', likeCount: 4, rev: 3 });
  expect(told).toHaveBeenCalledTimes(1);
  expect(likes.get('p')).toMatchObject({ likeCount: 4, rev: 3 });
});

test('counts of a post that was never seen are not kept', () => {
  const likes = createPostLikes();
  likes.counts({ postId: 'p', likeCount: 9, rev: 4 });
  expect(likes.get('p')).toBeUndefined();
});

test('a replaced history starts anew from lower revisions', () => {
  const likes = createPostLikes();
  likes.state(state(9, 9));
  likes.forgetAll();
  likes.state(state(1, 1));
  expect(likes.get('p')).toMatchObject({ likeCount: 1 });
});

test('counts that come before the answer to a wish wait for it, so that no like shows twice', () => {
  const likes = createPostLikes();
  likes.state(state(1, 4));
  likes.wish('p', true);
  likes.counts({ postId: 'p', likeCount: 6, rev: 3 });
  expect(likes.get('p')).toMatchObject({ likeCount: 5 });
  likes.state(state(2, 5, true));
  likes.wish('p', null);
  expect(likes.get('p')).toEqual({ liked: true, likeCount: 6, pending: false, rev: 3 });
});

test('counts that come before the post they belong to are not lost', () => {
  const likes = createPostLikes();
  likes.counts({ postId: 'p', likeCount: 3, rev: 3 });
  expect(likes.get('p')).toBeUndefined();
  likes.state(state(1, 1));
  expect(likes.get('p')).toEqual({ liked: false, likeCount: 3, pending: false, rev: 3 });
});
