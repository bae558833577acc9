import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { APART_MS, createReader } from './reader.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const said: { at: number; words: string }[] = [];
  const reader = createReader((sentences) => said.push({ at: Date.now(), words: sentences.join(' ') }));
  return {
    reader,
    said,
    add: (words: string, about = words) => reader.add(about, () => words),
    words: () => said.filter(({ words }) => words !== ''),
    pass: (ms: number) => vi.advanceTimersByTime(ms),
  };
}

test('one thing is said soon, and once', () => {
  const { add, words, pass } = setUp();
  add('A.');
  pass(500);
  expect(words()).toMatchObject([{ words: 'A.' }]);
  pass(60_000);
  expect(words()).toHaveLength(1);
});

test('what comes together is said together, and of the same thing the last', () => {
  const { add, words, pass } = setUp();
  add('One post.', 'posts');
  add('A.');
  add('Two posts.', 'posts');
  pass(500);
  expect(words()).toMatchObject([{ words: 'Two posts. A.' }]);
});

test('at most once in two seconds, and nothing is left out', () => {
  const { add, words, pass } = setUp();
  for (let i = 0; i < 100; i += 1) {
    add(`n${i}`);
    pass(100);
  }
  pass(60_000);
  const gaps = words().map(({ at }, i) => at - (words()[i - 1]?.at ?? -Infinity));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(APART_MS);
  // Ten seconds of it are told of as it goes on, and not when it is over.
  expect(words().length).toBeGreaterThanOrEqual(5);
  expect(words().flatMap((once) => once.words.split(' '))).toEqual(
    Array.from({ length: 100 }, (_, i) => `n${i}`),
  );
});

test('what is no longer so when its turn has come is not said, and keeps nothing waiting', () => {
  const { reader, add, words, pass } = setUp();
  reader.add('a', () => null);
  pass(500);
  expect(words()).toEqual([]);
  add('B.');
  pass(500);
  expect(words()).toMatchObject([{ words: 'B.' }]);
});

test('what was said is forgotten after a while, and not while something newer is being read out', () => {
  const { add, said, pass } = setUp();
  add('A.');
  pass(6_000);
  add('B.');
  pass(6_000);
  expect(said.at(-1)?.words).toBe('B.');
  pass(6_000);
  expect(said.at(-1)?.words).toBe('');
});

test('nothing is said after the end', () => {
  const { reader, add, said, pass } = setUp();
  add('A.');
  reader.stop();
  pass(60_000);
  expect(said).toEqual([]);
});
