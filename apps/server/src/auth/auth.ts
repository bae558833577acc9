import { randomInt } from 'node:crypto';
import type { SessionEndReason } from '@live-likes/contract';
import { betterAuth } from 'better-auth';
import { anonymous, username } from 'better-auth/plugins';
import type { Kysely } from 'kysely';
import type { Logger } from '../log.ts';
import { endOtherSessions, keepCurrentSession } from './passwordChange.ts';
import { changedProfile, newProfile } from './profile.ts';

export interface AuthDeps {
  database: { db: Kysely<unknown>; type: 'sqlite' };
  secret: string;
  publicUrl: string;
  allowedOrigins: ReadonlySet<string>;
  log: Logger;
  onSessionEnded(sessionId: string, reason: SessionEndReason): void;
}

/** Accounts and sessions: everything below `/api/auth`. */
export function createAuth({ database, secret, publicUrl, allowedOrigins, log, onSessionEnded }: AuthDeps) {
  return betterAuth({
    baseURL: publicUrl,
    secret,
    database,
    trustedOrigins: [...allowedOrigins],
    emailAndPassword: { enabled: true, minPasswordLength: 8 },
    plugins: [
      // Names give rights: whoever could change theirs could take those of somebody else.
      username({ immutableUsername: true }),
      // A guest's likes stay counted when the guest takes another account.
      anonymous({
        generateName: () => `Guest ${randomInt(1_000, 10_000)}`,
        disableDeleteAnonymousUser: true,
      }),
    ],
    advanced: {
      cookiePrefix: 'live-likes',
      useSecureCookies: publicUrl.startsWith('https:'),
      // The origin of every changing call is checked before it comes here, by the rule that sockets have too.
      disableCSRFCheck: true,
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, message) => log[level]({ part: 'auth' }, message),
    },
    hooks: { before: keepCurrentSession, after: endOtherSessions },
    databaseHooks: {
      user: {
        create: { before: async (user) => ({ data: newProfile(user) }) },
        update: { before: async (changes) => ({ data: changedProfile(changes) }) },
      },
      session: {
        delete: {
          after: async (session, context) =>
            onSessionEnded(session.id, context?.path === '/sign-out' ? 'logout' : 'revoked'),
        },
      },
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;
