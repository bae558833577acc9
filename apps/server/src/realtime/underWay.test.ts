import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createUnderWay } from './underWay.ts';

test('a stop waits for all that began before it, and for nothing that came later', async () => {
  const underWay = createUnderWay();
  const before = [underWay.begin(), underWay.begin()];
  let isOver = false;
  void underWay.none().then(() => (isOver = true));
  underWay.begin();
  underWay.end(before[0]!);
  await nextTurn();
  expect(isOver).toBe(false);
  underWay.end(before[1]!);
  await nextTurn();
  expect(isOver).toBe(true);
});

test('where nothing is under way nothing is waited for', async () => {
  const underWay = createUnderWay();
  underWay.end(underWay.begin());
  await underWay.none();
});
