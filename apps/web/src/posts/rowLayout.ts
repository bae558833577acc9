/**
 * The arithmetic of a list of which only the rows near the viewport are there. The rows that are there stand in
 * the normal flow of the page; gaps, as high as the rows that are not, stand between them.
 */

/** What a row is taken for until it has been seen. */
const ROW_ESTIMATE_PX = 176;
/** Rows above and below the visible ones that are there, too. */
const OVERSCAN = 15;
/** The ends of a span are multiples of it, so that not every row that goes by is a change. */
const STEP = 5;

/** Rows from `start` to before `end`. */
export interface Span {
  start: number;
  end: number;
}

export type Piece = { row: number } | { gap: number; before: number };

/** Where each row begins, and, last, where the list ends. */
export function rowOffsets(ids: readonly string[], heights: ReadonlyMap<string, number>): Float64Array {
  const offsets = new Float64Array(ids.length + 1);
  for (const [i, id] of ids.entries()) {
    offsets[i + 1] = (offsets[i] ?? 0) + (heights.get(id) ?? ROW_ESTIMATE_PX);
  }
  return offsets;
}

/** The row at this height of the list; beyond its ends, the first or the last one. */
export function rowAt(offsets: Float64Array, y: number): number {
  let low = 0;
  let high = Math.max(0, offsets.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((offsets[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The rows that should be there when those from `first` to `last` are visible. */
export function spanAround(first: number, last: number, count: number): Span {
  const start = Math.floor((first - OVERSCAN) / STEP) * STEP;
  const end = Math.ceil((last + 1 + OVERSCAN) / STEP) * STEP;
  return { start: Math.max(0, start), end: Math.min(count, end) };
}

/** How far a list has moved, found by the first row from `first` on that is still there. */
export function shiftOf(before: readonly string[], after: readonly string[], first: number): number {
  if (before[first] === after[first]) return 0;
  const indexes = new Map(after.map((id, index) => [id, index]));
  for (let i = first; i < before.length; i += 1) {
    const index = indexes.get(before[i] ?? '');
    if (index !== undefined) return index - i;
  }
  return 0;
}

/** Rows and gaps from top to bottom; `kept`: one more row that must be there, wherever it is. */
export function piecesOf({ start, end }: Span, kept: number | null, offsets: Float64Array): Piece[] {
  const count = offsets.length - 1;
  const rows = Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i);
  if (kept !== null && kept < start) rows.unshift(kept);
  if (kept !== null && kept >= end) rows.push(kept);
  const pieces: Piece[] = [];
  let next = 0;
  const skipTo = (row: number) => {
    const gap = (offsets[row] ?? 0) - (offsets[next] ?? 0);
    if (gap > 0) pieces.push({ gap, before: row });
  };
  for (const row of rows) {
    skipTo(row);
    pieces.push({ row });
    next = row + 1;
  }
  skipTo(count);
  return pieces;
}
