import type { User } from '@live-likes/contract';
import { ApiError, createCall, messageOf } from '../http/api.ts';
import { endedText } from '../locales/en.ts';
import { type Live, openLive, type Readable } from '../realtime/live.ts';
import { createEmitter } from '../realtime/emitter.ts';
import { lastUser } from './lastUser.ts';

type SessionState =
  | { status: 'loading' }
  | { status: 'failed'; message: string }
  /** `notice`: why this screen was logged out, when its user did not ask for it here. */
  | { status: 'out'; notice: string | null }
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
const NOT_KEPT =
  'The login worked, but this browser did not keep it. Allow cookies for this address and try again.';

/** Who is logged in on this screen. Opens one live connection per login and closes it with the login. */
export function createSession(): Session {
  const changes = createEmitter<{ change: null }>();
  let state: SessionState = { status: 'loading' };
  /** The login that was asked to end here, until the server has answered. */
  let leaving: Live | null = null;
  let endedMeanwhile = false;

  function set(next: SessionState) {
    if (state.status === 'in') state.live.close();
    state = next;
    changes.emit('change', null);
  }

  async function enter() {
    const answer = await call<{ user: User } | null>('GET', '/auth/get-session');
    lastUser.set(answer?.user.id ?? null);
    if (!answer) return set({ status: 'out', notice: null });
    const { id, username, name, image } = answer.user;
    const live = openLive({ id, username: username ?? '', name, image: image ?? null }, (reason) => {
      if (leaving === live) endedMeanwhile = true;
      else leave(live, endedText(reason));
    });
    set({ status: 'in', live });
  }

  /** Does nothing when another login has taken the place of this one meanwhile. */
  function leave(live: Live, notice: string | null) {
    if (state.status === 'in' && state.live === live) set({ status: 'out', notice });
  }

  // HTTP calls of this tab carry the cookie of whoever logged in last, in whichever tab.
  lastUser.onChangeElsewhere((userId) => {
    if (state.status !== 'in' || userId === state.live.user.id) return;
    leave(state.live, endedText(userId === null ? 'logout' : 'another user is logged in'));
  });

  return {
    state: { get: () => state, subscribe: (listener) => changes.on('change', listener) },
    async load() {
      set({ status: 'loading' });
      await enter().catch((error: unknown) => set({ status: 'failed', message: messageOf(error) }));
    },
    async logIn(path, body) {
      await call('POST', path, body);
      await enter();
      if (state.status !== 'in') throw new ApiError(NOT_KEPT, 'NO_SESSION', 0);
    },
    async logOut() {
      if (state.status !== 'in' || leaving === state.live) return;
      const { live } = state;
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
