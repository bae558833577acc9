import type { Notification } from '@live-likes/contract';
import { expect, test } from 'vitest';
import { firstPage } from './inboxPages.ts';

const item = (seq: number, bytes: number) => ({ seq, text: 'x'.repeat(bytes) }) as Notification;

test('what fits one message comes whole, up to the head', () => {
  const items = Array.from({ length: 200 }, (_, i) => item(i + 1, 400));
  expect(firstPage(items, 201)).toEqual({ items, to: 201 });
  expect(firstPage([], 7)).toEqual({ items: [], to: 7 });
});

test('what does not fit is cut after the last whole notification', () => {
  const items = Array.from({ length: 20 }, (_, i) => item(2 * i, 10_000));
  expect(firstPage(items, 39)).toEqual({ items: items.slice(0, 13), to: 24 });
});

test('one that is too large for a message is sent all the same', () => {
  const items = Array.from({ length: 20 }, (_, i) => item(3 + i, i === 0 ? 200_000 : 10));
  expect(firstPage(items, 22)).toEqual({ items: items.slice(0, 1), to: 3 });
});
