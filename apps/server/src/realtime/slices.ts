import type { Clock } from '../clock.ts';

/**
 * Hands the items out some at a time, with a turn of the event loop in between for everybody else.
 *
 * @param size so many that they take a millisecond or two
 */
export async function* slices<T>(items: readonly T[], size: number, clock: Clock): AsyncGenerator<T[], void> {
  for (let start = 0; start < items.length; start += size) {
    if (start > 0) await clock.nextTurn();
    yield items.slice(start, start + size);
  }
}
