import type { PostsPage } from '@live-likes/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../http/api.ts';
import { createPostPages, type PostPages } from './postPages.ts';

const fetchPage = vi.fn<(before: string | null) => Promise<PostsPage>>();

const pageOf = (id: string, next: string | null = null) => ({ posts: [{ id }], next }) as PostsPage;
const idsOf = (pages: readonly PostsPage[] | null) =>
  pages?.flatMap((page) => page.posts.map((post) => post.id));

/** A server with the pages `a`, `b` and `c`. */
function threePages(before: string | null): Promise<PostsPage> {
  const all: Record<string, PostsPage> = { '': pageOf('a', '1'), '1': pageOf('b', '2'), '2': pageOf('c') };
  return Promise.resolve(all[before ?? ''] ?? pageOf('?'));
}

async function oneMore(list: PostPages) {
  list.more();
  await vi.advanceTimersByTimeAsync(0);
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
    await oneMore(list);
    expect(idsOf(list.get().pages)).toEqual(expected);
  }
  expect(fetchPage).toHaveBeenCalledTimes(3);
});

test('what is there is fetched anew as a whole, and shown until then', async () => {
  const list = createPostPages(fetchPage);
  await list.refresh();
  await oneMore(list);
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

test('a list that has become shorter ends where it ends now', async () => {
  const list = createPostPages(fetchPage);
  await list.refresh();
  await oneMore(list);
  fetchPage.mockResolvedValueOnce(pageOf('only'));
  await list.refresh();
  expect(idsOf(list.get().pages)).toEqual(['only']);
  await oneMore(list);
  expect(fetchPage).toHaveBeenCalledTimes(3);
});

test('no page is added while something is under way', async () => {
  const list = createPostPages(fetchPage);
  list.more();
  expect(fetchPage).not.toHaveBeenCalled();
  await list.refresh();
  const again = held();
  const refreshed = list.refresh();
  await oneMore(list);
  expect(fetchPage).toHaveBeenCalledTimes(2);
  again.resolve(pageOf('new', '1'));
  expect(await refreshed).toBe(true);
});

test('what an older fetch brings comes too late, and it asks for no more', async () => {
  const list = createPostPages(fetchPage);
  await list.refresh();
  await oneMore(list);
  const first = held();
  const older = list.refresh();
  const second = held();
  const newer = list.refresh();
  second.resolve(pageOf('newer'));
  expect(await newer).toBe(true);
  first.resolve(pageOf('older', '1'));
  expect(await older).toBe(false);
  expect(idsOf(list.get().pages)).toEqual(['newer']);
  expect(fetchPage).toHaveBeenCalledTimes(4);
});

test('an older fetch that fails leaves the newer one alone', async () => {
  const list = createPostPages(fetchPage);
  await list.refresh();
  const first = held();
  const older = list.refresh();
  const second = held();
  const newer = list.refresh();
  first.reject(new ApiError('no', 'NOT_FOUND', 404));
  expect(await older).toBe(false);
  expect(list.get()).toMatchObject({ fetching: 'again', failed: null });
  second.resolve(pageOf('newer'));
  expect(await newer).toBe(true);
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
  const retried = list.refresh();
  expect(list.get()).toMatchObject({ fetching: 'again', failed: null, error: null });
  expect(await retried).toBe(true);
});

test('a list that may be out of date says so until a fetch has worked', async () => {
  const list = createPostPages(fetchPage);
  await list.refresh();
  fetchPage.mockRejectedValueOnce(new ApiError('no', 'FORBIDDEN', 403));
  await list.refresh();
  const again = held();
  const retried = list.refresh();
  expect(list.get()).toMatchObject({ fetching: 'again', failed: 'again' });
  again.resolve(pageOf('a', '1'));
  await retried;
  expect(list.get()).toMatchObject({ fetching: null, failed: null, error: null });
});

test('one more page is asked for again as well', async () => {
  const list = createPostPages(fetchPage);
  await list.refresh();
  fetchPage.mockRejectedValueOnce(new ApiError('', 'NO_ANSWER', 0));
  list.more();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(idsOf(list.get().pages)).toEqual(['a', 'b']);
});

test('a refusal is not asked for again, and what is there stays', async () => {
  const list = createPostPages(fetchPage);
  await list.refresh();
  fetchPage.mockReset().mockRejectedValue(new ApiError('no', 'NOT_FOUND', 404));
  await oneMore(list);
  expect(fetchPage).toHaveBeenCalledTimes(1);
  expect(list.get().failed).toBe('more');
  expect(idsOf(list.get().pages)).toEqual(['a']);
});

test('a long list can be cut, and goes on from there', async () => {
  const list = createPostPages(fetchPage);
  await list.refresh();
  await oneMore(list);
  expect(list.cut(1).map((post) => post.id)).toEqual(['b']);
  expect(list.cut(1)).toEqual([]);
  await oneMore(list);
  expect(idsOf(list.get().pages)).toEqual(['a', 'b']);
});

test('what was seen before is followed by nothing until there is a fresh page', async () => {
  const list = createPostPages(fetchPage, pageOf('seen').posts);
  list.more();
  expect(fetchPage).not.toHaveBeenCalled();
  await list.refresh();
  expect(idsOf(list.get().pages)).toEqual(['a']);
});
