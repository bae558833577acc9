import { sortedItems } from '@live-likes/client';
import type { Notification } from '@live-likes/contract';
import { expect, vi } from 'vitest';
import type { Stored, StoredNotification } from './stored.ts';
import { tellings } from './tellings.ts';
import type { Place, Tab, World } from './world.ts';

const REST_WITHIN_MS = 60_000;
const NEWEST = 50;
const MOST_REPORTED = 20;

/**
 * What every fault test ends with: the tabs' journals against the database, read past the server.
 * Waits until all tabs rest, and then nothing may be lost, doubled, out of order or drifted.
 */
export async function expectPromiseKept({ server, tabs }: World<Place>) {
  const all = [...tabs];
  await vi.waitFor(
    () => {
      const stored = server.stored();
      const found = [...stored.contradictions, ...all.flatMap((tab) => differences(tab, stored))];
      expect(found.slice(0, MOST_REPORTED)).toEqual([]);
    },
    { timeout: REST_WITHIN_MS, interval: 250 },
  );
  const stored = server.stored();
  expect(lost(all, stored)).toEqual([]);
  expect(all.flatMap((tab) => tellings(tab, all, stored))).toEqual([]);
}

/** What a tab does not show as the database says. */
function differences({ name, userId, client, journal, shownPosts }: Tab, stored: Stored): string[] {
  const found: string[] = [];
  const compare = (what: string, shown: unknown, right: unknown) => {
    if (JSON.stringify(shown) !== JSON.stringify(right))
      found.push(
        `${name} shows ${what} ${JSON.stringify(shown)}, the database says ${JSON.stringify(right)}`,
      );
  };
  const inbox = client.inbox.get();
  const head = stored.inboxes.get(userId) ?? { seq: 0, unread: 0 };
  compare('its connection', client.connection.get(), 'live');
  compare('the end of it', journal.ended, null);
  compare('refused likes', journal.refused, []);
  compare('epoch', inbox.epoch, stored.epoch);
  compare('cursor', inbox.cursor, head.seq);
  compare('badge', inbox.unread, head.unread);

  const mine = stored.notifications.filter(({ recipientId }) => recipientId === userId);
  const items = sortedItems(inbox);
  const known = new Set(items.map(({ id }) => id));
  const expected = mine.filter(({ id }, i) => i < NEWEST || known.has(id));
  compare('the notifications', items.map(idOf), expected.map(idOf));
  for (const [i, item] of items.entries()) {
    compare('a notification', essence(item), expected[i] && essence(expected[i]));
  }

  for (const postId of new Set([...shownPosts, ...journal.wishes.keys()])) {
    const shown = client.likes.get(postId);
    const liked = stored.likes.has(`${postId} ${userId}`);
    compare(`its like of ${postId}`, [shown?.liked, shown?.pending], [liked, false]);
    if (shownPosts.includes(postId)) {
      compare(`the count of ${postId}`, shown?.likeCount, stored.posts.get(postId)?.likeCount);
    }
  }
  return found;
}

const idOf = ({ id }: { id: string }) => id;

/** What a notification says, in the form in which it can be compared. */
function essence({ id, seq, updatedAt, count, newCount, actors }: Notification | StoredNotification) {
  return [
    id,
    seq,
    updatedAt,
    count,
    newCount,
    ...actors.map((actor) => (typeof actor === 'string' ? actor : actor.id)),
  ];
}

/** Likes that were answered, the last one of each person and post, and are not in the database. */
function lost(tabs: Tab[], stored: Stored): string[] {
  const last = new Map<string, { at: number; liked: boolean }>();
  for (const { userId, journal } of tabs) {
    for (const { at, postId, liked } of journal.acknowledged) {
      const key = `${postId} ${userId}`;
      if ((last.get(key)?.at ?? 0) < at) last.set(key, { at, liked });
    }
  }
  return [...last].filter(([key, { liked }]) => stored.likes.has(key) !== liked).map(([key]) => key);
}
