import type { InboxDelta, InboxPage } from '@live-likes/contract';
import { addOlder, type Inbox } from './inbox.ts';
import type { Writable } from './readable.ts';

/** One page of the inbox; null asks for the newest one. Rejects when there is none to be had. */
export type FetchInboxPage = (before: string | null) => Promise<InboxPage>;

/** Fetches an inbox further down than the server pushes it, one page at a time. */
export function createOlderPages(inbox: Writable<Inbox>) {
  let underWay: Promise<void> | null = null;
  /** Counts the resets: a page that was asked for before one does not join on to what came with it. */
  let resets = 0;
  const removed = new Set<string>();

  async function load(fetchPage: FetchInboxPage) {
    const { size } = inbox.get().items;
    // The first page overlaps with what was pushed: one that adds nothing does not answer the question.
    do {
      const { epoch, older } = inbox.get();
      if (epoch === null || older === null) return;
      const asked = resets;
      removed.clear();
      const page = await fetchPage(older ?? null);
      if (asked !== resets) return;
      if (page.epoch !== epoch) throw new Error('The page is of another history.');
      inbox.set(addOlder(inbox.get(), page, removed));
    } while (inbox.get().items.size <= size);
  }

  return {
    load(fetchPage: FetchInboxPage): Promise<void> {
      underWay ??= load(fetchPage).finally(() => (underWay = null));
      return underWay;
    },
    /** To be told of every delta that was taken. */
    taken(delta: InboxDelta) {
      if (delta.reset) resets += 1;
      for (const item of delta.items) if (item.removed) removed.add(item.id);
    },
  };
}
