import { INBOX_RESET_ITEMS, type InboxDelta, type InboxPage, type Notification } from '@live-likes/contract';

/** What one screen knows of its user's inbox: everything up to `cursor` of history `epoch`. */
export interface Inbox {
  /** Null until the first answer of the server. */
  epoch: string | null;
  cursor: number;
  unread: number;
  items: ReadonlyMap<string, Notification>;
  /** The newest `updatedAt` of all that was ever in it: it grows with every like that is news. */
  newestAt: string;
  /** The `before` of the next older page; null when nothing is older, absent until the first page was fetched. */
  older?: string | null;
}

export const emptyInbox: Inbox = { epoch: null, cursor: 0, unread: 0, items: new Map(), newestAt: '' };

/** One notification before and after a delta; no `after` once it is removed. */
export interface Change {
  id: string;
  before: Notification | undefined;
  after: Notification | undefined;
}

export type Applied =
  | { kind: 'applied'; inbox: Inbox; changes: Change[] }
  /** Nothing in it that is not known already. */
  | { kind: 'stale' }
  /** Something between is missing, or it speaks of another history: ask the server. */
  | { kind: 'gap' };

/**
 * Takes a delta into the inbox. Deltas are absolute, so one that comes twice, late or out of order
 * does no harm; one that leaves a hole before it is not applied at all.
 *
 * @param answers the cursor that was asked from, when the delta is the answer to a question. A reset
 * that answers the question from where the inbox still is holds in any case, from a lower head too.
 */
export function applyDelta(inbox: Inbox, delta: InboxDelta, answers: number | null): Applied {
  const sameHistory = inbox.epoch === delta.epoch;
  const holds = delta.reset && answers === inbox.cursor;
  if (sameHistory && delta.to <= inbox.cursor && !holds) return { kind: 'stale' };
  if (!delta.reset && (!sameHistory || delta.from > inbox.cursor)) return { kind: 'gap' };

  const items = new Map(delta.reset ? [] : inbox.items);
  let newestAt = sameHistory ? inbox.newestAt : '';
  for (const item of delta.items) {
    if (item.updatedAt > newestAt) newestAt = item.updatedAt;
    if (item.removed) items.delete(item.id);
    else items.set(item.id, item);
  }
  const touched = delta.reset
    ? new Set([...inbox.items.keys(), ...items.keys()])
    : delta.items.map((item) => item.id);
  const older = delta.reset ? olderThanReset(delta) : inbox.older;
  const changes: Change[] = [];
  for (const id of touched) {
    const before = inbox.items.get(id);
    const after = items.get(id);
    if (before?.seq !== after?.seq) changes.push({ id, before, after });
  }
  return {
    kind: 'applied',
    inbox: { epoch: delta.epoch, cursor: delta.to, unread: delta.unread, items, newestAt, older },
    changes,
  };
}

function olderThanReset({ items }: InboxDelta) {
  return items.length < INBOX_RESET_ITEMS ? null : undefined;
}

/**
 * Adds what is older than the items. From then on deltas keep it up to date like the rest, so what is held stays
 * the exact state at the cursor: a page adds to it, and never changes it.
 *
 * @param page of the same history, at least as new as the cursor was when it was asked for
 * @param removed ids that deltas took away since then, which the page may still have
 */
export function addOlder(inbox: Inbox, page: InboxPage, removed: ReadonlySet<string>): Inbox {
  const items = new Map(inbox.items);
  for (const item of page.items) {
    // What is ahead of the cursor comes with a delta, which says what of it is news.
    if (item.seq <= inbox.cursor && !items.has(item.id) && !removed.has(item.id)) items.set(item.id, item);
  }
  return { ...inbox, items, older: page.next };
}

/** The notifications as a list shows them: newest first. */
export function sortedItems(inbox: Inbox): Notification[] {
  return [...inbox.items.values()].toSorted(
    (a, b) => b.updatedAt.localeCompare(a.updatedAt) || b.id.localeCompare(a.id),
  );
}
