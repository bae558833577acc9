import { ALERT_QUIET_MS, type Notification } from '@live-likes/contract';
import type { Change } from './inbox.ts';

/** What a screen has to do about a changed notification. */
export type Alert =
  /** News: pop up, or say it in the pop-up that is already there. */
  | { kind: 'show'; notification: Notification }
  /** No news, but a pop-up that is there must say the new state. */
  | { kind: 'update'; notification: Notification }
  /** Read, muted or retracted: a pop-up that is there must go. */
  | { kind: 'dismiss'; id: string };

/** Remembers who was announced for what, so that one person alerts an author of a post once. */
/** @param elapsed ms that pass, whatever is done to the time of day. */
export function createAlerts(elapsed: () => number) {
  const announced = new Map<string, number>();

  function isNews({ before }: Change, after: Notification, newestAt: string): boolean {
    // Only a like that is news moves it. One that is not known may be old, and outside of what was fetched.
    if (after.updatedAt <= (before?.updatedAt ?? newestAt)) return false;
    const expected = newcomersExpected(before, after);
    if (expected <= 0) return false;
    if (after.kind === 'announcement') return true;
    const known = new Set(before?.actors.map((actor) => actor.id));
    const newcomers = after.actors.filter((actor) => !known.has(actor.id));
    const time = elapsed();
    // Somebody for whose name there is no room.
    let fresh = after.count > after.actors.length && expected > newcomers.length;
    for (const actor of newcomers) {
      const key = `${after.id} ${actor.id}`;
      const last = announced.get(key);
      if (last === undefined || time - last >= ALERT_QUIET_MS) fresh = true;
      announced.delete(key);
      announced.set(key, time);
    }
    forget(time);
    return fresh;
  }

  /** The map is in order of time, so what has expired stands first. */
  function forget(time: number) {
    for (const [key, last] of announced) {
      if (time - last < ALERT_QUIET_MS) return;
      announced.delete(key);
    }
  }

  return {
    /**
     * Call once per applied change, in order.
     *
     * @param newestAt the inbox's, before the change.
     */
    of(change: Change, newestAt: string): Alert {
      const { id, after } = change;
      if (!after || after.newCount === 0 || after.post?.muted) return { kind: 'dismiss', id };
      return { kind: isNews(change, after, newestAt) ? 'show' : 'update', notification: after };
    },
  };
}

/**
 * How many likes in `after` must be new to the reader. Several changes may lie between the two states: of
 * those who left, as many as were unread made room for as many more.
 */
function newcomersExpected(before: Notification | undefined, after: Notification): number {
  if (!before) return after.newCount;
  const known = new Set(before.actors.map((actor) => actor.id));
  const joined = after.actors.filter((actor) => !known.has(actor.id)).length;
  const left = Math.max(0, before.count + joined - after.count);
  return after.newCount - before.newCount + Math.min(left, before.newCount);
}
