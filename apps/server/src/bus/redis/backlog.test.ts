import { expect, test } from 'vitest';
import { Backlog } from './backlog.ts';

test('of each thing one is told, in the order of the things, and once', () => {
  const backlog = new Backlog();
  const told: string[] = [];
  const tell = (word: string) => () => void told.push(word);
  backlog.keepFirst('inbox', tell('from 3'));
  backlog.keepFirst('inbox', tell('from 4'));
  backlog.keepLast('settings', tell('old'));
  backlog.keepLast('settings', tell('new'));
  backlog.tellAll();
  expect(told).toEqual(['from 3', 'new']);
  backlog.tellAll();
  expect(told).toHaveLength(2);
});

test('it does not grow without end', () => {
  const backlog = new Backlog();
  let told = 0;
  for (let i = 0; i < 20_000; i += 1) backlog.keepLast(`thing ${i}`, () => void (told += 1));
  backlog.keepLast('thing 0', () => void (told += 1));
  backlog.tellAll();
  expect(told).toBe(10_000);
});
