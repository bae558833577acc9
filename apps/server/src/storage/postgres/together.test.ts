import { expect, test } from 'vitest';
import { unavailable } from '../../errors.ts';
import { together } from './together.ts';

function gathering() {
  const groups: { asks: string[]; settle: (error?: Error) => void }[] = [];
  const ask = together((asks: string[]) => {
    const { promise, resolve, reject } = Promise.withResolvers<string[]>();
    const settle = (error?: Error) => (error ? reject(error) : resolve(asks.map((one) => `of ${one}`)));
    groups.push({ asks, settle });
    return promise;
  });
  return { ask, groups, asked: () => groups.map(({ asks }) => asks) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what is asked in one breath, or while others are answered, is asked together', async () => {
  const { ask, groups, asked } = gathering();
  const answers = [ask('a'), ask('b')];
  await turn();
  answers.push(ask('c'));
  await turn();
  answers.push(ask('d'), ask('e'));
  await turn();
  expect(asked()).toEqual([['a', 'b'], ['c']]);
  groups[1]?.settle();
  await turn();
  expect(asked().at(-1)).toEqual(['d', 'e']);
  groups[0]?.settle();
  groups[2]?.settle();
  expect(await Promise.all(answers)).toEqual(['of a', 'of b', 'of c', 'of d', 'of e']);
});

test('what cannot be answered fails nobody else', async () => {
  const ask = together(async (asks: string[]) => {
    if (asks.includes('\0')) throw new Error('no text');
    return asks;
  });
  const answers = await Promise.allSettled([ask('a'), ask('\0'), ask('b')]);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await ask('c')).toBe('c');
});

test('while the storage is away, it is not asked once more for each', async () => {
  const { ask, groups } = gathering();
  const answers = Promise.allSettled([ask('a'), ask('b')]);
  await turn();
  groups[0]?.settle(unavailable(new Error('away')));
  expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(groups).toHaveLength(1);
});
