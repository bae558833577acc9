import type { User } from '@live-likes/contract';
import { expect, test } from 'vitest';
import { candidates, nextOption } from './people.ts';

const person = (username: string, name: string): User => ({
  id: `id-${username}`,
  username,
  name,
  image: null,
});
const bob = person('bob', 'Bob');
const carol = person('carol', 'Карол');
const dave = person('dave', 'Dave');

test('what was found before the newest letter is shown only as far as it still fits', () => {
  const found = [bob, carol, dave];
  expect(candidates(found, '', [])).toEqual(found);
  expect(candidates(found, ' BO ', [])).toEqual([bob]);
  expect(candidates(found, 'car', [])).toEqual([carol]);
  expect(candidates(found, 'кар', [])).toEqual([carol]);
  expect(candidates(found, 'zoe', [])).toEqual([]);
});

test('who is chosen is not offered again', () => {
  expect(candidates([bob, carol, dave], '', [carol])).toEqual([bob, dave]);
});

test('the arrow keys go round, in either direction, from nothing too', () => {
  expect(nextOption(-1, 'ArrowDown', 3)).toBe(0);
  expect(nextOption(2, 'ArrowDown', 3)).toBe(0);
  expect(nextOption(-1, 'ArrowUp', 3)).toBe(2);
  expect(nextOption(0, 'ArrowUp', 3)).toBe(2);
  expect(nextOption(2, 'ArrowUp', 3)).toBe(1);
  expect(nextOption(-1, 'ArrowDown', 0)).toBe(-1);
});
