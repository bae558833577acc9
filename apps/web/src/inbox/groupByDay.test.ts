import type { Notification } from '@live-likes/contract';
import { expect, test } from 'vitest';
import { groupByDay } from './groupByDay.ts';

const now = new Date(2026, 5, 15, 9, 0);

function at(id: string, date: Date): Notification {
  return {
    id,
    seq: 1,
    kind: 'like',
    post: { id: `post of ${id}`, excerpt: 'Hello' },
    text: null,
    actors: [],
    count: 1,
    newCount: 0,
    updatedAt: date.toISOString(),
    removed: false,
  };
}
const ids = (items: Notification[]) => items.map((item) => item.id);

test('notifications of one day stand together, in their order, each once', () => {
  const items = [
    at('a', new Date(2026, 5, 15, 8, 0)),
    at('b', new Date(2026, 5, 15, 0, 0)),
    at('c', new Date(2026, 5, 14, 23, 59)),
    at('d', new Date(2026, 5, 2, 10, 0)),
    at('e', new Date(2026, 5, 2, 9, 0)),
    at('f', new Date(2025, 5, 2, 9, 0)),
  ];
  expect(groupByDay(items, now).map((day) => ids(day.items))).toEqual([['a', 'b'], ['c'], ['d', 'e'], ['f']]);
});

test('a time that this clock has not reached yet is today’s', () => {
  const items = [at('ahead', new Date(2026, 5, 16, 0, 5)), at('a', new Date(2026, 5, 15, 8, 0))];
  expect(groupByDay(items, now).map((day) => ids(day.items))).toEqual([['ahead', 'a']]);
});

test('of nothing there are no days', () => {
  expect(groupByDay([], now)).toEqual([]);
});
