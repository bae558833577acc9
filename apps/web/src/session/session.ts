import type { User } from '@live-likes/contract';
import { createCall, messageOf } from '../http/api.ts';
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

/** Who is logged in on this screen. Opens one live connection per login and closes it with the login. */
export function createSession(): Session {
  const changes = createEmitter<{ change: null }>();
  let state: SessionState = { status: 'loading' };
  let leaving = false;

  function set(next: SessionState) {
    if (state.status === 'in') state.live.client.close();
    state = next;
    changes.emit('change', null);
  }

  async function enter() {
    const answer = await call<{ user: User } | null>('GET', '/auth/get-session');
    lastUser.set(answer?.user.id ?? null);
    if (!answer) return set({ status: 'out', notice: null });
    const { id, username, name, image } = answer.user;
    const live = openLive({ id, username: username ?? '', name, image: image ?? null }, (reason) => {
      if (state.status === 'in' && state.live === live) leave(leaving ? null : endedText(reason));
    });
    set({ status: 'in', live });
  }

  function leave(notice: string | null) {
    if (state.status === 'in' && lastUser.get() === state.live.user.id) lastUser.set(null);
    set({ status: 'out', notice });
  }

  // HTTP calls of this tab carry the cookie of whoever logged in last, in whichever tab.
  lastUser.onChangeElsewhere((userId) => {
    if (state.status !== 'in' || userId === state.live.user.id) return;
    leave(endedText(userId === null ? 'logout' : 'another user is logged in'));
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
    },
    async logOut() {
      if (state.status !== 'in' || leaving) return;
      leaving = true;
      try {
        await state.live.call('POST', '/auth/sign-out', {});
        leave(null);
      } finally {
        leaving = false;
      }
    },
  };
}
