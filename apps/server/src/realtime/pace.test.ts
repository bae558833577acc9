import { beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../clock.ts';
import { createPace } from './pace.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function start() {
  const sent: { userId: string; from: number; at: number }[] = [];
  const begun = Date.now();
  const pace = createPace(systemClock, (userId, from) => sent.push({ userId, from, at: Date.now() - begun }));
  return { pace, sent };
}

test('however fast it comes, no second has more than twenty, and the newest state is the last one sent', async () => {
  const { pace, sent } = start();
  for (let n = 0; n < 3_000; n += 1) {
    pace.push('ann', n);
    await vi.advanceTimersByTimeAsync(1);
  }
  await vi.advanceTimersByTimeAsync(2_000);
  for (const { at } of sent) {
    expect(sent.filter((other) => other.at >= at && other.at < at + 1_000).length).toBeLessThanOrEqual(20);
  }
  expect(sent.length).toBeGreaterThan(45);
  // Each begins with the first that came after the one before it.
  expect(sent.map(({ from }) => from)).toEqual([0, 1, 2, 3, 4, 5, ...sent.slice(5, -1).map(({ at }) => at)]);
  expect(sent.at(-1)!.at).toBeGreaterThan(2_999);
});

test('a few go at once, and one user waits for no other', async () => {
  const { pace, sent } = start();
  for (const from of [1, 2, 3, 4, 5, 6, 7]) pace.push('ann', from);
  pace.push('bob', 1);
  expect(sent.map(({ userId, from }) => [userId, from])).toEqual([
    ['ann', 1],
    ['ann', 2],
    ['ann', 3],
    ['ann', 4],
    ['ann', 5],
    ['bob', 1],
  ]);
  await vi.advanceTimersByTimeAsync(100);
  expect(sent.slice(6)).toMatchObject([{ userId: 'ann', from: 6 }]);
});

test('who was left alone for a second starts anew, and is not remembered until then', async () => {
  const { pace, sent } = start();
  for (let from = 0; from < 5; from += 1) pace.push('ann', from);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(vi.getTimerCount()).toBe(0);
  for (let from = 5; from < 10; from += 1) pace.push('ann', from);
  expect(sent.map(({ from }) => from)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
