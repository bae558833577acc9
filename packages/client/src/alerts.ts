import { ACTORS_MAX, ALERT_QUIET_MS, type Notification } from '@live-likes/contract';
import type { Change } from './inbox.ts';

/** What a screen has to do about a changed notification. */
export type Alert =
  /** News: pop up, or say it in the pop-up that is already there. */
  | { kind: 'show'; notification: Notification }
  /** No news, but a pop-up that is there must say the new state. */
  | { kind: 'update'; notification: Notification }
  /** Read or retracted: a pop-up that is there must go. */
  | { kind: 'dismiss'; id: string };

/** Remembers who was announced for what, so that one person alerts an author of a post once. */
export function createAlerts(now: () => number) {
  const announced = new Map<string, number>();

  function isNews(change: Change, after: Notification): boolean {
    const added = after.newCount - (change.before?.newCount ?? 0);
    if (added <= 0) return false;
    if (after.kind === 'announcement') return true;
    const time = now();
    let fresh = added > ACTORS_MAX;
    for (const actor of after.actors.slice(0, added)) {
      const key = `${after.id} ${actor.id}`;
      const last = announced.get(key);
      if (last === undefined || Math.abs(time - last) >= ALERT_QUIET_MS) fresh = true;
      announced.delete(key);
      announced.set(key, time);
    }
    forget(time);
    return fresh;
  }

  /** The map is in order of time, so what has expired stands first. */
  function forget(time: number) {
    for (const [key, last] of announced) {
      if (Math.abs(time - last) < ALERT_QUIET_MS) return;
      announced.delete(key);
    }
  }

  return {
    /** Call once per applied change, in order. */
    of(change: Change): Alert {
      const { id, after } = change;
      if (!after || after.newCount === 0) return { kind: 'dismiss', id };
      return { kind: isNews(change, after) ? 'show' : 'update', notification: after };
    },
  };
}
