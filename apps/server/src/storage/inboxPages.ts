import type { Notification } from '@live-likes/contract';

/** About as much as one message should carry; a notification with long names and pictures has several KB. */
export const PAGE_BYTES = 128 * 1024;
/** So many fit however long their names are, and are what most pushes carry: nobody has to measure them. */
export const ALWAYS_FIT = 10;

/**
 * As many of an inbox's changes as one message carries, at least one.
 *
 * @param items in the order of their `seq`
 * @param head where the inbox ends
 * @returns the items, and the `seq` up to which they tell everything
 */
export function firstPage(items: Notification[], head: number): { items: Notification[]; to: number } {
  if (items.length <= ALWAYS_FIT) return { items, to: head };
  let bytes = 0;
  for (const [i, item] of items.entries()) {
    bytes += Buffer.byteLength(JSON.stringify(item));
    const before = items[i - 1];
    if (bytes > PAGE_BYTES && before) return { items: items.slice(0, i), to: before.seq };
  }
  return { items, to: head };
}
