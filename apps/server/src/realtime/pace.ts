import type { Clock } from '../clock.ts';

const MOST = 20;
/** So many go at once before they are spread out. */
const AT_ONCE = 5;
const EVERY_MS = 1_000 / (MOST - AT_ONCE);

/**
 * Lets at most 20 sendings a second to one user through, and always the newest: a few on each other's heels go at
 * once, and of those that come faster for longer each carries what came since the one before.
 *
 * @param send is told from where on the user's inbox has changed
 */
export function createPace(clock: Clock, send: (userId: string, from: number) => void) {
  interface Sent {
    /** Counted against `AT_ONCE`. */
    lately: number;
    /** Where what waits begins; null when nothing does. */
    waiting: number | null;
  }
  const users = new Map<string, Sent>();

  function forgetOne(userId: string, sent: Sent) {
    sent.lately -= 1;
    const { waiting } = sent;
    if (waiting !== null) {
      sent.lately += 1;
      sent.waiting = null;
      send(userId, waiting);
    }
    if (sent.lately > 0) clock.setTimeout(() => forgetOne(userId, sent), EVERY_MS);
    else users.delete(userId);
  }

  return {
    push(userId: string, from: number) {
      let sent = users.get(userId);
      if (!sent) {
        const first: Sent = { lately: 0, waiting: null };
        sent = first;
        users.set(userId, first);
        clock.setTimeout(() => forgetOne(userId, first), EVERY_MS);
      }
      if (sent.lately >= AT_ONCE) {
        sent.waiting = Math.min(sent.waiting ?? from, from);
        return;
      }
      sent.lately += 1;
      send(userId, from);
    },
  };
}
