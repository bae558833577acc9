import type { IncomingHttpHeaders } from 'node:http';
import type { User } from '@live-likes/contract';
import { unavailable } from '../errors.ts';
import type { Store } from '../storage/store.ts';
import type { Auth } from './auth.ts';
import { signedCookie } from './cookie.ts';

/** Who is asking. */
export interface Login {
  sessionId: string;
  user: User;
}

/** Reads sessions for HTTP calls and sockets alike. */
export interface Sessions {
  /**
   * The login that the request's cookie stands for; null without a valid one.
   *
   * @throws {Refusal} `UNAVAILABLE` when it cannot be read.
   */
  of(headers: IncomingHttpHeaders): Promise<Login | null>;
  /** Of the sessions, those that have not ended meanwhile, however they ended. */
  living(sessionIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/**
 * Reads what the account library has written, and does not ask it: that takes so much longer that people would time
 * each other out when a server comes back and everybody asks at once.
 */
export function createSessions(auth: Auth, store: Pick<Store, 'login' | 'livingSessions'>): Sessions {
  return {
    async of(headers) {
      const { authCookies, secret } = await auth.$context.catch((error: unknown) => {
        throw unavailable(error);
      });
      const token = signedCookie(headers, authCookies.sessionToken.name, secret);
      return token === null ? null : store.login(token);
    },
    living: (sessionIds) => store.livingSessions(sessionIds),
  };
}
