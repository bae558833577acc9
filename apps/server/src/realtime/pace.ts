import type { Clock } from '../clock.ts';

/** A second and a little: what was sent a second apart may arrive closer together. */
const WINDOW_MS = 1_010;
const MOST = 20;
/** So many when they are spread, and each waits for the store besides. */
const MOST_SPREAD = 17;
/** So many on each other's heels go at once before the others are spread over what is left of the second. */
const AT_ONCE = 9;
const HEELS_MS = 250;

/**
 * Lets at most 20 sendings to one user through in any second, and always the newest. Whoever is told of less than that
 * waits for nothing. Of what comes faster a few go at once, and each of the others carries what came since the one before.
 *
 * @param send is told from where on the user's inbox has changed
 */
export function createPace(clock: Clock, send: (userId: string, from: number) => void) {
  interface Sent {
    /** When, within the last second; the oldest first. */
    times: number[];
    /** Where what waits begins; null when nothing does. */
    waiting: number | null;
    /** Whether it comes faster than it may be sent, and is spread. */
    isSpread: boolean;
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
    /** Sends all that waits. */
    flush() {
      for (const [userId, sent] of users) sendWaiting(userId, sent);
    },
    push(userId: string, from: number) {
      let sent = users.get(userId);
      if (!sent) {
        sent = { times: [], waiting: null, isSpread: false };
        users.set(userId, sent);
        forgetLater(userId, sent);
      }
      if (sent.waiting !== null) {
        sent.waiting = Math.min(sent.waiting, from);
        return;
      }
      const now = clock.now();
      dropOld(sent.times, now);
      sent.isSpread ||= isFast(sent.times, now);
      const rest = sent.isSpread ? restAfter(sent.times, now) : 0;
      if (rest <= 0) {
        sent.isSpread = false;
        sendNow(userId, sent, from);
        return;
      }
      sent.waiting = from;
      const later = sent;
      clock.setTimeout(() => sendWaiting(userId, later), rest);
    },
  };
}

/** Nine in a quarter of a second, or all that a second may have. Ten a second at random moments are that once in a hundred. */
function isFast(times: number[], now: number): boolean {
  return times.length >= MOST || (times.at(-AT_ONCE) ?? -Infinity) > now - HEELS_MS;
}

/** For how many milliseconds nothing more may be sent: what is left of the second, shared by what it may still have. */
function restAfter(times: number[], now: number): number {
  const [oldest = now, newest = now] = [times[0], times.at(-1)];
  if (times.length > MOST_SPREAD) return times.at(-MOST_SPREAD)! + WINDOW_MS - now;
  return Math.ceil(newest + (oldest + WINDOW_MS - newest) / (MOST_SPREAD - times.length + 1) - now);
}

/** Also what was sent before the clock was set back. */
function dropOld(times: number[], now: number) {
  while (times.length > 0 && !(times[0]! > now - WINDOW_MS && times[0]! <= now)) times.shift();
}
