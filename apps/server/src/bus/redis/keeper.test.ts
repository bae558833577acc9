import { expect, test } from 'vitest';
import { keeperOf } from './keeper.ts';

const users = Array.from({ length: 1_000 }, (_, i) => `user ${i}`);
const nodes = ['one', 'two', 'three'];

test('all nodes name the same keeper, and each keeps its share', () => {
  for (const user of users) expect(keeperOf(user, nodes)).toBe(keeperOf(user, nodes.toReversed()));
  const shares = Map.groupBy(users, (user) => keeperOf(user, nodes));
  for (const node of nodes) expect(shares.get(node)?.length).toBeGreaterThan(250);
});

test('when a node goes, only its own users change hands', () => {
  const others = users.filter((user) => keeperOf(user, nodes) !== 'two');
  for (const user of others) expect(keeperOf(user, ['one', 'three'])).toBe(keeperOf(user, nodes));
});

test('a node that is alone keeps everybody', () => {
  expect(keeperOf('user', ['one'])).toBe('one');
});
