import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError, type Call } from '../http/api.ts';
import { createDeletions } from './deletions.ts';

const call = vi.fn<(method: string, path: string) => Promise<undefined>>();
const deletions = () => createDeletions(call as unknown as Call);

beforeEach(() => {
  vi.useFakeTimers();
  call.mockReset().mockResolvedValue(undefined);
});
afterEach(() => vi.useRealTimers());

test('a post vanishes at once, and is deleted when the time to undo is over', async () => {
  const { start, hidden } = deletions();
  start('p1');
  expect([...hidden.get()]).toEqual(['p1']);
  await vi.advanceTimersByTimeAsync(4_900);
  expect(call).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);
  expect(call.mock.calls).toEqual([['DELETE', '/posts/p1']]);
  expect([...hidden.get()]).toEqual(['p1']);
});

test('one that was taken back is there again, and never deleted', async () => {
  const { start, undo, hidden } = deletions();
  start('p1');
  start('p2');
  undo('p1');
  expect([...hidden.get()]).toEqual(['p2']);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(call.mock.calls).toEqual([['DELETE', '/posts/p2']]);
});

test('nothing is deleted while somebody is about to undo it', async () => {
  const { start, hold } = deletions();
  start('p1');
  hold('p1', true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(call).not.toHaveBeenCalled();
  hold('p1', false);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(call).toHaveBeenCalledTimes(1);
});

test('who leaves does not wait for the end of that time', async () => {
  const { start, flush } = deletions();
  start('p1');
  await flush();
  expect(call).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(call).toHaveBeenCalledTimes(1);
});

test('who leaves is not kept by a server that does not answer', async () => {
  call.mockReturnValue(new Promise(() => {}));
  const { start, flush } = deletions();
  start('p1');
  const left = vi.fn<() => void>();
  void flush().then(left);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(left).toHaveBeenCalled();
});

test('a post that could not be deleted comes back; one that is gone already does not', async () => {
  const failed = new ApiError('', 'NO_ANSWER', 0);
  call.mockRejectedValueOnce(failed).mockRejectedValueOnce(new ApiError('', 'NOT_FOUND', 404));
  const { start, flush, hidden } = deletions();
  const onFailed = vi.fn<(error: unknown) => void>();
  start('p1', { onFailed });
  start('p2', { onFailed });
  await flush();
  expect([...hidden.get()]).toEqual(['p2']);
  expect(onFailed.mock.calls).toEqual([[failed]]);
});

test('what still waits when the login ends is not deleted, and says nothing of it', async () => {
  const { start, close } = deletions();
  const outcome = { onSent: vi.fn<() => void>(), onFailed: vi.fn<() => void>() };
  start('p1', outcome);
  close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(call).not.toHaveBeenCalled();
  expect(outcome.onSent).not.toHaveBeenCalled();
  expect(outcome.onFailed).not.toHaveBeenCalled();
});
