import { expect, test } from 'vitest';
import { clockTime, relativeTime } from './time.ts';

const now = new Date('2026-06-15T12:00:00Z');
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

test('times are never in the future, whatever the clocks say', () => {
  expect(relativeTime(before(-5), now, 'en')).toBeUndefined();
  expect(relativeTime(before(5), now, 'en')).toBe('5m ago');
  expect(relativeTime(before(3 * 60), now, 'en')).toBe('3h ago');
  expect(relativeTime(before(2 * 24 * 60), now, 'en')).toBe('2d ago');
  expect(relativeTime(before(30 * 24 * 60), now, 'en')).toBe('May 16');
  expect(relativeTime(before(400 * 24 * 60), now, 'en')).toBe('May 11, 2025');
});

test('times are told in the chosen language', () => {
  expect(relativeTime(before(5), now, 'zh-CN')).toBe('5分钟前');
  expect(relativeTime(before(30 * 24 * 60), now, 'zh-CN')).toBe('5月16日');
});

test('the time of day comes with the day, unless that is today', () => {
  const noon = new Date(2026, 5, 15, 12, 0);
  expect(clockTime(new Date(2026, 5, 15, 9, 5), 'en', noon)).toBe('09:05');
  expect(clockTime(new Date(2026, 5, 14, 23, 59), 'en', noon)).toBe('Jun 14, 23:59');
  expect(clockTime(new Date(2026, 5, 15, 0, 5), 'zh-CN', noon)).toBe('00:05');
});
