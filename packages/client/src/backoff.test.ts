import { expect, test } from 'vitest';
import { createBackoff } from './backoff.ts';

test('the waits double up to five seconds, and begin anew after a try that worked', () => {
  const backoff = createBackoff(() => 0.5);
  const waits = Array.from({ length: 7 }, () => backoff.next());
  expect(waits).toEqual([300, 600, 1_200, 2_400, 4_800, 5_000, 5_000]);
  backoff.reset();
  expect(backoff.next()).toBe(300);
});

test('no two clients wait the same: half more, or half less', () => {
  expect(createBackoff(() => 0).next()).toBe(150);
  expect(createBackoff(() => 1).next()).toBe(450);
});

test('where many are coming back, the waits begin longer', () => {
  const backoff = createBackoff(() => 0.5);
  backoff.reset(2_000);
  expect([backoff.next(), backoff.next(), backoff.next()]).toEqual([2_000, 4_000, 5_000]);
});
