import type { Clock } from '../clock.ts';

/** Handled in a millisecond or two. */
const SLICE = 100;

/** Hands the items out some at a time, with a turn of the event loop in between for everybody else. */
export async function* slices<T>(items: readonly T[], clock: Clock): AsyncGenerator<T[], void> {
  for (let start = 0; start < items.length; start += SLICE) {
    if (start > 0) await clock.nextTurn();
    yield items.slice(start, start + SLICE);
  }
}
