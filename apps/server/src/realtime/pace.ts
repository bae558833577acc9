import type { Clock } from '../clock.ts';

const WINDOW_MS = 1_000;
/** One less than twenty: two may arrive closer together than they were sent. */
const MOST = 19;
/** So many of a second go at once before the others are spread over what is left of it. */
const AT_ONCE = 10;

/**
 * Lets at most 19 sendings to one user through in any second, and always the newest: a few on each other's heels go at
 * once, and of those that come faster for longer each carries what came since the one before.
 *
 * @param send is told from where on the user's inbox has changed
 */
export function createPace(clock: Clock, send: (userId: string, from: number) => void) {
  interface Sent {
    /** When, within the last second; the oldest first. */
    times: number[];
    /** Where what waits begins; null when nothing does. */
    waiting: number | null;
  }
  const users = new Map<string, Sent>();

  function sendNow(userId: string, { times }: Sent, from: number) {
    times.push(clock.now());
    send(userId, from);
  }

  function sendWaiting(userId: string, sent: Sent) {
    const { waiting } = sent;
    sent.waiting = null;
    if (waiting !== null) sendNow(userId, sent, waiting);
  }

  /** Of a user, at most one timer at a time, besides that of what waits. */
  function forgetLater(userId: string, sent: Sent) {
    clock.setTimeout(() => {
      dropOld(sent.times, clock.now());
      if (sent.times.length > 0 || sent.waiting !== null) forgetLater(userId, sent);
      else users.delete(userId);
    }, WINDOW_MS);
  }

  return {
    push(userId: string, from: number) {
      let sent = users.get(userId);
      if (!sent) {
        sent = { times: [], waiting: null };
        users.set(userId, sent);
        forgetLater(userId, sent);
      }
      if (sent.waiting !== null) {
        sent.waiting = Math.min(sent.waiting, from);
        return;
      }
      const rest = restAfter(sent.times, clock.now());
      if (rest <= 0) {
        sendNow(userId, sent, from);
        return;
      }
      sent.waiting = from;
      const later = sent;
      clock.setTimeout(() => sendWaiting(userId, later), rest);
    },
  };
}

/** For how many milliseconds nothing more may be sent: what is left of the second, shared by what it may still have. */
function restAfter(times: number[], now: number): number {
  dropOld(times, now);
  const [oldest = now, newest = now] = [times[0], times.at(-1)];
  if (times.length < AT_ONCE) return 0;
  // A timer may fire a moment early, and then one more than there should be is not yet a second old.
  if (times.length > MOST) return times.at(-MOST)! + WINDOW_MS - now;
  return Math.ceil(newest + (oldest + WINDOW_MS - newest) / (MOST - times.length + 1) - now);
}

/** Also what was sent before the clock was set back. */
function dropOld(times: number[], now: number) {
  while (times.length > 0 && !(times[0]! > now - WINDOW_MS && times[0]! <= now)) times.shift();
}
