import type { Notification } from '@live-likes/contract';
import type { Stored } from './stored.ts';
import type { Tab } from './world.ts';

/** A push that was on its way when the like was taken back may still arrive. */
const ON_ITS_WAY_MS = 2_000;

/** What is wrong with what one tab was told over time: doubled, retracted or out of order. */
export function tellings({ name, journal, client }: Tab, all: Tab[], stored: Stored): string[] {
  const found: string[] = [];
  const { takenBack, everTakenBack } = retractions(all);

  let last: { epoch: string | null; cursor: number } | null = null;
  for (const inbox of journal.inboxes) {
    if (last?.epoch === inbox.epoch && inbox.cursor < last.cursor)
      found.push(`${name} went back from ${last.cursor} to ${inbox.cursor}`);
    last = inbox;
  }

  /** By history and notification. With more likes than names, some were told of without being named. */
  const namedBefore = new Map<string, Set<string>>();
  const told = new Map<string, Notification>();
  const lastTold = new Map<string, Notification | null>();
  for (const { at, epoch, alert } of journal.alerts) {
    if (alert.kind === 'dismiss') {
      lastTold.set(alert.id, null);
      continue;
    }
    const { notification } = alert;
    const { id, seq, count, actors, post } = notification;
    const key = `${epoch} ${id}`;
    const before = told.get(key);
    if (before && seq <= before.seq) found.push(`${name} was told ${before.seq} of ${id} and then ${seq}`);
    const named = namedBefore.get(key) ?? new Set();
    namedBefore.set(key, named);
    if (alert.kind === 'show') {
      const isNews = everTakenBack.has(post?.id ?? '')
        ? count > actors.length || actors.some((actor) => !named.has(actor.id))
        : count > (before?.count ?? 0) && !named.has(actors[0]?.id ?? '');
      if (!isNews) found.push(`${name} was shown again that ${actors[0]?.name} likes ${post?.excerpt}`);
      for (const actor of actors) {
        const gone = takenBack.get(`${post?.id} ${actor.id}`);
        if (gone !== undefined && at > gone + ON_ITS_WAY_MS)
          found.push(`${name} was shown ${actor.name}, who had taken the like of ${post?.excerpt} back`);
      }
    }
    for (const actor of actors) named.add(actor.id);
    told.set(key, notification);
    lastTold.set(id, notification);
  }

  const items = client.inbox.get().items;
  for (const [id, notification] of lastTold) {
    const now = stored.notifications.find((row) => row.id === id);
    if (notification && items.has(id) && notification.seq !== now?.seq)
      found.push(
        `${name} still shows ${notification.count} likes in the pop-up of ${notification.post?.excerpt}`,
      );
    if (notification && (!now || now.newCount === 0))
      found.push(`${name} still shows a pop-up of ${notification.post?.excerpt} that is read or taken back`);
  }
  return found;
}

/** Likes that were taken back for good, with the moment; and every post that may ever have lost a like. */
function retractions(tabs: Tab[]) {
  const takenBack = new Map<string, number>();
  const everTakenBack = new Set<string>();
  for (const { userId, journal } of tabs) {
    for (const postId of journal.sentBack) everTakenBack.add(postId);
    for (const { at, postId, liked } of journal.acknowledged) {
      if (liked) {
        takenBack.delete(`${postId} ${userId}`);
      } else {
        takenBack.set(`${postId} ${userId}`, at);
      }
    }
  }
  return { takenBack, everTakenBack };
}
