import { expect, test } from 'vitest';
import { like } from './crowd.ts';
import type { Person } from './person.ts';

test('each like is made when it is due, and not when the next one is', async () => {
  const late: number[] = [];
  const ann: Pick<Person, 'ended' | 'likeSomething'> = {
    ended: null,
    likeSomething: (dueAt) => late.push(performance.now() - dueAt),
  };
  await like([ann as Person], { likesPerSecond: 5, seconds: 1 }, new AbortController().signal);
  expect(late).toHaveLength(5);
  // Not of each: a busy machine may be late itself. The others would all be late by 200 ms.
  expect(late.toSorted((a, b) => a - b)[2]).toBeLessThan(150);
});
