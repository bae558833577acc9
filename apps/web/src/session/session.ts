import type { User } from '@live-likes/contract';
import { ApiError, createCall, isUnreachable } from '../http/api.ts';
import { dropLastSeen, type LastSeen, readLastSeen } from '../realtime/lastSeen.ts';
import { type Live, openLive, type Readable, writable } from '../realtime/live.ts';
import { systemWorker } from '../system/onDemand.ts';
import { lastUser } from './lastUser.ts';

type SessionState =
  | { status: 'loading' }
  | { status: 'failed'; error: unknown }
  /** `reason`: why this screen was logged out, when its user did not ask for it here. */
  | { status: 'out'; reason: string | null }
  | { status: 'in'; live: Live };

export interface Session {
  state: Readable<SessionState>;
  /** Finds out who is logged in. */
  load(): Promise<void>;
  /** Logs in through one of the auth routes; rejects with a message to show. */
  logIn(path: string, body: object): Promise<void>;
  logOut(): Promise<void>;
}

const call = createCall();
/** How long an answer is waited for where one can do without it. */
const PATIENCE_MS = 5_000;

/** Who is logged in on this screen. Opens one live connection per login and closes it with the login. */
export function createSession(): Session {
  const state = writable<SessionState>({ status: 'loading' });
  /** The login that was asked to end here, until the server has answered. */
  let leaving: Live | null = null;
  let endedMeanwhile = false;

  function liveNow(): Live | null {
    const now = state.get();
    return now.status === 'in' ? now.live : null;
  }

  function set(next: SessionState) {
    liveNow()?.close();
    state.set(next);
  }

  async function enter(asked = whoIsIn()) {
    const answer = await asked;
    const before = lastUser.get();
    if (before !== null && before !== answer?.user.id) await inTime(endUsersPush()).catch(() => undefined);
    lastUser.set(answer?.user.id ?? null);
    dropLastSeen((userId) => userId !== answer?.user.id);
    if (!answer) return set({ status: 'out', reason: null });
    const { id, username, name, image } = answer.user;
    open({ id, username: username ?? '', name, image: image ?? null }, null);
  }

  function open(user: User, lastSeen: LastSeen | null) {
    const live = openLive(user, lastSeen, (reason) => {
      if (leaving === live) endedMeanwhile = true;
      else leave(live, reason);
    });
    set({ status: 'in', live });
  }

  /** Does nothing when another login has taken the place of this one meanwhile. */
  function leave(live: Live, reason: string | null) {
    if (liveNow() !== live) return;
    set({ status: 'out', reason });
    dropLastSeen((userId) => userId === live.user.id);
    // Otherwise the pushes are somebody else's by now.
    if (lastUser.get() === null || lastUser.get() === live.user.id) endUsersPush().catch(() => undefined);
  }

  // HTTP calls of this tab carry the cookie of whoever logged in last, in whichever tab.
  lastUser.onChangeElsewhere((userId) => {
    const live = liveNow();
    if (!live || userId === live.user.id) return;
    leave(live, userId === null ? 'logout' : 'another user is logged in');
  });

  return {
    state,
    async load() {
      set({ status: 'loading' });
      const lastSeen = readLastSeen(lastUser.get());
      await enter(lastSeen ? inTime(whoIsIn()) : whoIsIn()).catch((error: unknown) => {
        if (lastSeen && isUnreachable(error)) open(lastSeen.user, lastSeen);
        else set({ status: 'failed', error });
      });
    },
    async logIn(path, body) {
      await call('POST', path, body);
      await enter();
      if (!liveNow()) throw new ApiError('', 'NO_SESSION', 0);
    },
    async logOut() {
      const live = liveNow();
      if (!live || leaving === live) return;
      leaving = live;
      endedMeanwhile = false;
      try {
        // The socket hears of the end first, but the cookie goes with this answer: nobody logs in before it.
        await live.call('POST', '/auth/sign-out', {});
      } catch (error) {
        if (!endedMeanwhile) throw error;
      } finally {
        leaving = null;
      }
      if (lastUser.get() === live.user.id) lastUser.set(null);
      leave(live, null);
    },
  };
}

async function endUsersPush() {
  await (await systemWorker()).endUsersPush();
}

function whoIsIn() {
  return call<{ user: User } | null>('GET', '/auth/get-session');
}

function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  return Promise.race([
    answer,
    new Promise<never>((_, reject) =>
      setTimeout(() => reject(new ApiError('', 'NO_ANSWER', 0)), PATIENCE_MS),
    ),
  ]);
}
