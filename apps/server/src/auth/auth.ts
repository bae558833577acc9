import type { SessionEndReason } from '@live-likes/contract';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { anonymous } from 'better-auth/plugins/anonymous';
import { username } from 'better-auth/plugins/username';
import type { Logger } from '../log.ts';
import type { AccountsDatabase } from '../storage/opened.ts';
import { bannedField, refuseBanned } from './ban.ts';
import { COOKIE_PREFIX } from './cookie.ts';
import { guestNames, skeletonFields } from './lookalikes.ts';
import { endOtherSessions, keepCurrentSession } from './passwordChange.ts';
import { changedProfile, newProfile } from './profile.ts';

export interface AuthDeps {
  database: AccountsDatabase;
  secret: string;
  publicUrl: string;
  allowedOrigins: ReadonlySet<string>;
  log: Logger;
  onSessionEnded(sessionId: string, reason: SessionEndReason): void;
}

/** Accounts and sessions: everything below `/api/auth`. */
export function createAuth({ database, secret, publicUrl, allowedOrigins, log, onSessionEnded }: AuthDeps) {
  const guestName = guestNames();
  return betterAuth({
    baseURL: publicUrl,
    secret,
    database,
    trustedOrigins: [...allowedOrigins],
    emailAndPassword: { enabled: true, minPasswordLength: 8 },
    user: { additionalFields: { banned: bannedField, ...skeletonFields } },
    plugins: [
      // Names give rights: whoever could change theirs could take those of somebody else.
      username({ immutableUsername: true, displayUsername: false }),
      // A guest's likes stay counted when the guest takes another account.
      anonymous({
        generateName: ({ context }) => guestName(context.adapter),
        disableDeleteAnonymousUser: true,
      }),
    ],
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: publicUrl.startsWith('https:'),
      // The origin of every changing call is checked before it comes here, by the rule that sockets have too.
      disableCSRFCheck: true,
      // It would believe what any client writes, and nobody needs to know where people are.
      ipAddress: { disableIpTracking: true },
    },
    rateLimit: { enabled: false },
    onAPIError: {
      onError: (error) => {
        if (!(error instanceof APIError)) log.error({ err: error, part: 'auth' }, 'call failed');
      },
    },
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, message) => log[level]({ part: 'auth' }, message),
    },
    hooks: { before: keepCurrentSession, after: endOtherSessions },
    databaseHooks: {
      user: {
        create: {
          before: async (user, context) => ({ data: await newProfile(user, context?.context.adapter) }),
        },
        update: {
          before: async (changes, context) => {
            const { adapter, session } = context?.context ?? {};
            return { data: await changedProfile(changes, adapter, session?.user.id) };
          },
        },
      },
      session: {
        create: {
          before: async ({ userId }, context) =>
            refuseBanned((await context?.context.internalAdapter.findUserById(userId)) ?? null),
        },
        delete: {
          after: async (session, context) =>
            onSessionEnded(session.id, context?.path === '/sign-out' ? 'logout' : 'revoked'),
        },
      },
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;
