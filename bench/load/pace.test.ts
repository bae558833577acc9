import { expect, test } from 'vitest';
import { openLoop } from './pace.ts';

test('each is sent when it is due, and not when the next one is', async () => {
  const late: number[] = [];
  await openLoop({ rate: 5, seconds: 1 }, (dueAt) => late.push(performance.now() - dueAt));
  expect(late).toHaveLength(5);
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  // Not of each: a busy machine may be late itself. The others would all be late by 200 ms.
  expect(late.toSorted((a, b) => a - b)[2]).toBeLessThan(150);
});
