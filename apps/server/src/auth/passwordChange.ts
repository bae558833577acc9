import { APIError, createAuthMiddleware } from 'better-auth/api';
import { takeTheirTime } from './loginTime.ts';

const PATH = '/change-password';

/** The account library's own option for this ends the session at hand too, and with it the tab at hand. */
export const keepCurrentSession = createAuthMiddleware(async (ctx) => {
  await takeTheirTime(ctx);
  const body: unknown = ctx.body;
  if (ctx.path !== PATH || typeof body !== 'object' || body === null) return;
  return { context: { ...ctx, body: { ...body, revokeOtherSessions: false } } };
});

/** A password change always ends the person's other sessions: one of them may be the reason for it. */
export const endOtherSessions = createAuthMiddleware(async (ctx) => {
  const { session, returned, internalAdapter } = ctx.context;
  if (ctx.path !== PATH || !session || returned instanceof APIError) return;
  const sessions = await internalAdapter.listSessions(session.user.id);
  const others = sessions.filter(({ id }) => id !== session.session.id);
  await internalAdapter.deleteSessions(others.map(({ token }) => token));
});
