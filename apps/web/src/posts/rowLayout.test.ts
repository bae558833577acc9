import { expect, test } from 'vitest';
import { piecesOf, rowAt, rowOffsets, shiftOf, spanAround } from './rowLayout.ts';

const ids = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `p${from + i}`);

test('what has been measured counts as it is, the rest as a guess', () => {
  const offsets = rowOffsets(['a', 'b', 'c'], new Map([['a', 100], ['c', 50.5]])); // prettier-ignore
  expect([...offsets]).toEqual([0, 100, 276, 326.5]);
});

test('the row at a height is the one that covers it', () => {
  const offsets = Float64Array.of(0, 100, 250, 300);
  expect([-50, 0, 99, 100, 249, 250, 10_000].map((y) => rowAt(offsets, y))).toEqual([0, 0, 0, 1, 1, 2, 2]);
  expect(rowAt(Float64Array.of(0), 5)).toBe(0);
});

test('a short list is there as a whole, a long one around what is visible', () => {
  expect(spanAround(0, 3, 12)).toEqual({ start: 0, end: 12 });
  expect(spanAround(5_000, 5_004, 10_000)).toEqual({ start: 4_985, end: 5_020 });
  expect(spanAround(5_001, 5_005, 10_000)).toEqual({ start: 4_985, end: 5_025 });
});

test('rows and gaps together are as high as the list, with the kept row in its place', () => {
  const offsets = rowOffsets(ids(100), new Map());
  const total = offsets.at(-1) ?? 0;
  for (const kept of [3, 45, 55, 90]) {
    const pieces = piecesOf({ start: 40, end: 60 }, kept, offsets);
    const rows = pieces.flatMap((piece) => ('row' in piece ? piece.row : []));
    const gaps = pieces.reduce((sum, piece) => sum + ('gap' in piece ? piece.gap : 0), 0);
    expect(gaps + rows.length * (total / 100)).toBe(total);
    expect(rows).toEqual(rows.toSorted((a, b) => a - b));
    expect(new Set(rows).size).toBe(rows.length);
    expect(rows).toContain(kept);
  }
});

test('a list that has grown or shrunk above the reader is found again', () => {
  const before = ids(10, 5);
  expect(shiftOf(before, ids(15), 4)).toBe(5);
  expect(shiftOf(before, ids(8, 7), 4)).toBe(-2);
  expect(shiftOf(before, before.toSpliced(4, 1), 4)).toBe(-1);
  expect(shiftOf(before, [], 4)).toBe(0);
});
