import type { Counts } from '@live-likes/contract';
import { expect, test } from 'vitest';
import { keepNewest } from './publisher.ts';

test('a count that another node tells late changes nothing', () => {
  const counts = new Map<string, Counts>();
  const told = (likeCount: number, rev: number) => keepNewest(counts, { postId: 'post', likeCount, rev });
  told(1, 1);
  told(6, 6);
  told(5, 5);
  expect(counts.get('post')).toEqual({ postId: 'post', likeCount: 6, rev: 6 });
});
