import { expect, test } from 'vitest';
import { dayName, daysAgo } from './days.ts';

const now = new Date(2026, 5, 15, 0, 30);

test('days are told apart by midnight, not by hours', () => {
  expect(daysAgo(new Date(2026, 5, 15, 0, 0), now)).toBe(0);
  expect(daysAgo(new Date(2026, 5, 14, 23, 59), now)).toBe(1);
  expect(daysAgo(new Date(2026, 5, 14, 0, 0), now)).toBe(1);
  expect(daysAgo(new Date(2025, 5, 15, 12, 0), now)).toBe(365);
});

test('nothing is of tomorrow, whatever the clocks say', () => {
  expect(dayName(new Date(2026, 5, 16, 1, 0), now, 'en')).toBe('Today');
});

test('the last two days have names, the others dates', () => {
  expect(dayName(new Date(2026, 5, 15, 0, 1), now, 'en')).toBe('Today');
  expect(dayName(new Date(2026, 5, 14, 12, 0), now, 'en')).toBe('Yesterday');
  expect(dayName(new Date(2026, 5, 8, 12, 0), now, 'en')).toBe('Monday, June 8');
  expect(dayName(new Date(2025, 11, 31, 12, 0), now, 'en')).toBe('Wednesday, December 31, 2025');
});

test('days have Chinese names', () => {
  expect(dayName(new Date(2026, 5, 15), now, 'zh-CN')).toBe('今天');
  expect(dayName(new Date(2026, 5, 14), now, 'zh-CN')).toBe('昨天');
  expect(dayName(new Date(2026, 5, 8), now, 'zh-CN')).toBe('6月8日星期一');
});
