import type { PostsPage } from '@live-likes/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../http/api.ts';
import { createPostPages } from './postPages.ts';

const fetchPage = vi.fn<(before: string | null) => Promise<PostsPage>>();

const pageOf = (id: string, next: string | null = null) => ({ posts: [{ id }], next }) as PostsPage;
const idsOf = (pages: readonly PostsPage[] | null) =>
  pages?.flatMap((page) => page.posts.map((post) => post.id));

/** A server with the pages `a`, `b` and `c`. */
function threePages(before: string | null): Promise<PostsPage> {
  const all: Record<string, PostsPage> = { '': pageOf('a', '1'), '1': pageOf('b', '2'), '2': pageOf('c') };
  return Promise.resolve(all[before ?? ''] ?? pageOf('?'));
}

/** Answers when it is told to. */
function held() {
  const answer = Promise.withResolvers<PostsPage>();
  fetchPage.mockReturnValueOnce(answer.promise);
  return answer;
}

beforeEach(() => {
  vi.useFakeTimers();
  fetchPage.mockReset().mockImplementation(threePages);
});
afterEach(() => vi.useRealTimers());

test('pages come one by one until there are no more', async () => {
  const list = createPostPages(fetchPage);
  expect(await list.refresh()).toBe(true);
  for (const expected of [
    ['a', 'b'],
    ['a', 'b', 'c'],
    ['a', 'b', 'c'],
  ]) {
    list.more();
    await vi.advanceTimersByTimeAsync(0);
    expect(idsOf(list.get().pages)).toEqual(expected);
  }
  expect(fetchPage).toHaveBeenCalledTimes(3);
});

test('what is there is fetched anew as a whole, and shown until then', async () => {
  const list = createPostPages(fetchPage);
  await list.refresh();
  list.more();
  await vi.advanceTimersByTimeAsync(0);
  fetchPage.mockResolvedValueOnce(pageOf('new', '1'));
  const refreshed = list.refresh();
  expect(idsOf(list.get().pages)).toEqual(['a', 'b']);
  expect(list.get().fetching).toBe('again');
  expect(await refreshed).toBe(true);
  expect(idsOf(list.get().pages)).toEqual(['new', 'b']);
});

test('nobody asks twice for a first page that is on its way', async () => {
  const list = createPostPages(fetchPage);
  const answers = Promise.all([list.refresh(), list.refresh()]);
  expect(await answers).toEqual([true, true]);
  expect(fetchPage).toHaveBeenCalledTimes(1);
});

test('what an older fetch brings comes too late', async () => {
  const list = createPostPages(fetchPage);
  await list.refresh();
  const first = held();
  const older = list.refresh();
  const more = held();
  const newer = list.refresh();
  more.resolve(pageOf('newer'));
  expect(await newer).toBe(true);
  first.resolve(pageOf('older'));
  expect(await older).toBe(false);
  expect(idsOf(list.get().pages)).toEqual(['newer']);
});

test('a page that does not come is asked for again, and then it is told of', async () => {
  fetchPage.mockRejectedValue(new ApiError('', 'NO_ANSWER', 0));
  const list = createPostPages(fetchPage);
  const answer = list.refresh();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await answer).toBe(false);
  expect(fetchPage).toHaveBeenCalledTimes(3);
  expect(list.get()).toMatchObject({ pages: null, fetching: null, failed: 'again' });

  fetchPage.mockReset().mockImplementation(threePages);
  await list.refresh();
  expect(list.get()).toMatchObject({ failed: null, error: null });
});

test('a refusal is not asked for again, and what is there stays', async () => {
  const list = createPostPages(fetchPage);
  await list.refresh();
  fetchPage.mockReset().mockRejectedValue(new ApiError('no', 'NOT_FOUND', 404));
  list.more();
  await vi.advanceTimersByTimeAsync(0);
  expect(fetchPage).toHaveBeenCalledTimes(1);
  expect(list.get().failed).toBe('more');
  expect(idsOf(list.get().pages)).toEqual(['a']);
});

test('a long list can be cut, and goes on from there', async () => {
  const list = createPostPages(fetchPage);
  await list.refresh();
  list.more();
  await vi.advanceTimersByTimeAsync(0);
  expect(list.cut(1).map((post) => post.id)).toEqual(['b']);
  expect(list.cut(1)).toEqual([]);
  list.more();
  await vi.advanceTimersByTimeAsync(0);
  expect(idsOf(list.get().pages)).toEqual(['a', 'b']);
});

test('what was seen before is followed by nothing until there is a fresh page', async () => {
  const list = createPostPages(fetchPage, pageOf('seen').posts);
  list.more();
  expect(fetchPage).not.toHaveBeenCalled();
  await list.refresh();
  expect(idsOf(list.get().pages)).toEqual(['a']);
});
