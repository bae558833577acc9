import type { IncomingMessage } from 'node:http';
import type { PublicConfig } from '@live-likes/contract';
import { toNodeHandler } from 'better-auth/node';
import type { Express, Handler } from 'express';
import type { Announcer } from '../announcements/announcer.ts';
import { createAccounts } from '../auth/accounts.ts';
import type { Auth } from '../auth/auth.ts';
import type { Sessions } from '../auth/sessions.ts';
import { DEMO_USERS } from '../demo/content.ts';
import type { LikeWriter } from '../likes/likeWriter.ts';
import type { Limiter } from '../limits/limiter.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Publish } from '../publish.ts';
import type { EndpointRule } from '../push/endpoint.ts';
import type { Store } from '../storage/store.ts';
import { announcementRoutes } from './announcements.ts';
import { bodyParsers, flatBody } from './body.ts';
import { actingUserGuard, loginGuard, noStore, originGuard } from './guards.ts';
import { healthRoutes } from './health.ts';
import { inboxRoutes } from './inbox.ts';
import { callerGuard } from './limits.ts';
import { loginAttempts } from './loginAttempts.ts';
import { meRoutes } from './me.ts';
import { countRequests, metricsRoutes } from './metrics.ts';
import { postRoutes } from './posts.ts';
import { notFound, problemHandler } from './problem.ts';
import { pushRoutes } from './push.ts';
import { requestIds } from './requestId.ts';
import { userRoutes } from './users.ts';
import { securityHeaders } from './web.ts';

/** What of the account library is used. It has more, and not all of that asks who is there. */
const AUTH_READS = /^\/api\/auth\/(get-session|list-sessions)$/;
const AUTH_CHANGES =
  /^\/api\/auth\/(sign-up\/email|sign-in\/(username|email|anonymous)|sign-out|change-password|update-user|revoke-(session|sessions|other-sessions))$/;

export interface ApiDeps {
  store: Store;
  auth: Auth;
  sessions: Sessions;
  limiter: Limiter;
  /** What calls of nobody known are counted against. */
  addressOf(req: IncomingMessage): string;
  announcer: Announcer;
  publish: Publish;
  likeWriter: LikeWriter;
  /** Null: nobody gets a Web Push. */
  pushKey: string | null;
  pushRule: EndpointRule | null;
  metrics: Metrics;
  metricsToken: string | null;
  isDraining(): boolean;
  publicUrl: string;
  allowedOrigins: ReadonlySet<string>;
  adminUsers: ReadonlySet<string>;
  demo: boolean;
  version: string;
  /** Serves the pages: every address that is not the API's. */
  web: Handler;
  log: Logger;
}

/** Answers every call: the order in which it is looked at is the order here. */
export function answerCalls(api: Express, deps: ApiDeps) {
  const { store, auth, sessions, limiter, addressOf, publish, metrics, isDraining, adminUsers } = deps;
  const publicConfig: PublicConfig = {
    demo: deps.demo,
    demoUsers: deps.demo ? DEMO_USERS.map(({ username, name }) => ({ username, name })) : [],
    version: deps.version,
  };
  api.disable('x-powered-by');
  api.use(requestIds, countRequests(metrics));
  api.use(securityHeaders(deps.publicUrl));
  api.use(healthRoutes(store, isDraining));
  api.use(metricsRoutes(metrics, deps.metricsToken));
  api.use('/api', noStore, originGuard(deps.allowedOrigins), ...bodyParsers);
  // Costs nothing, and is what a login page begins with: strangers who flood do not take it from their neighbours.
  api.get('/api/config', (_req, res) => void res.json(publicConfig));
  api.use('/api', callerGuard({ sessions, limiter, addressOf }));
  api.use('/api/auth', flatBody);
  const attempts = loginAttempts({ limiter, accounts: createAccounts(auth), handle: toNodeHandler(auth) });
  api.get(AUTH_READS, attempts).post(AUTH_CHANGES, actingUserGuard, attempts);
  api.use('/api', loginGuard);
  api.use('/api/posts', postRoutes(store, publish, deps.likeWriter));
  api.use('/api/me', meRoutes({ store, publish, admins: adminUsers, pushKey: deps.pushKey }));
  api.use('/api/users', userRoutes(store, adminUsers));
  api.use('/api/inbox', inboxRoutes(store, publish));
  api.use('/api/announcements', announcementRoutes(deps.announcer));
  api.use('/api/push', pushRoutes(store, deps.pushRule));
  api.use('/api', notFound);
  api.use(deps.web);
  api.use(notFound);
  api.use(problemHandler(deps.log));
}
