import type { Server as HttpServer } from 'node:http';
import { MESSAGE_MAX_BYTES, type PublicConfig } from '@live-likes/contract';
import { toNodeHandler } from 'better-auth/node';
import express from 'express';
import type { Kysely } from 'kysely';
import { Server } from 'socket.io';
import { createAnnouncer } from './announcements/announcer.ts';
import { createAuth } from './auth/auth.ts';
import { isAllowedOrigin } from './auth/origin.ts';
import { createSessions } from './auth/sessions.ts';
import { systemClock } from './clock.ts';
import { DEMO_USERS } from './demo/content.ts';
import { seedDemo } from './demo/demo.ts';
import { announcementRoutes } from './http/announcements.ts';
import { bodyParsers } from './http/body.ts';
import { actingUserGuard, loginGuard, noStore, originGuard } from './http/guards.ts';
import { trackConnections } from './http/connections.ts';
import { healthRoutes } from './http/health.ts';
import { inboxRoutes } from './http/inbox.ts';
import { postRoutes } from './http/posts.ts';
import { notFound, problemHandler } from './http/problem.ts';
import { securityHeaders } from './http/web.ts';
import type { Logger } from './log.ts';
import { startLive } from './realtime/live.ts';
import type { LiveServer } from './realtime/liveServer.ts';
import type { Store } from './storage/store.ts';

const FORGET_OPS_AFTER_MS = 25 * 3_600_000;
const HOUSEKEEPING_MS = 3_600_000;
/** A call that takes longer than this to end is cut when the server stops, and so is a client that has gone silent. */
const CALLS_END_WITHIN_MS = 5_000;

export interface AppDeps {
  /** Already bound or not; once the app is made, it alone answers the requests. */
  httpServer: HttpServer;
  store: Store;
  accounts: { db: Kysely<unknown>; type: 'sqlite' };
  authSecret: string;
  publicUrl: string;
  allowedOrigins: ReadonlySet<string>;
  adminUsers: ReadonlySet<string>;
  demo: boolean;
  version: string;
  /** Serves the pages: every address that is not the API's. */
  web: express.Handler;
  log: Logger;
  headIntervalMs?: number;
}

export interface App {
  io: LiveServer;
  httpServer: HttpServer;
  /** Tells clients to come back elsewhere or later, finishes what is under way and closes everything. */
  close(): Promise<void>;
}

/** Puts the parts together. Nothing starts before it is called, and `close` ends all of it. */
export async function createApp(deps: AppDeps): Promise<App> {
  const { httpServer, store, allowedOrigins, log } = deps;

  const auth = createAuth({
    database: deps.accounts,
    secret: deps.authSecret,
    publicUrl: deps.publicUrl,
    allowedOrigins,
    log,
    onSessionEnded: (sessionId, reason) => live.endSession(sessionId, reason),
  });
  if (deps.demo) await seedDemo(auth, store);
  const sessions = createSessions(auth);

  const connections = trackConnections(httpServer);
  const api = express();
  httpServer.removeAllListeners('request').on('request', api);
  const io: LiveServer = new Server(httpServer, {
    serveClient: false,
    maxHttpBufferSize: MESSAGE_MAX_BYTES,
    // Guards every transport, unlike the `cors` option.
    allowRequest: (req, callback) => callback(null, isAllowedOrigin(req.headers, allowedOrigins)),
  });
  const live = startLive({
    io,
    store,
    sessions,
    clock: systemClock,
    log,
    headIntervalMs: deps.headIntervalMs,
  });
  const { publish, likeWriter } = live;
  const announcer = createAnnouncer({ store, publish, admins: deps.adminUsers });

  const publicConfig: PublicConfig = {
    demo: deps.demo,
    demoUsers: deps.demo ? DEMO_USERS.map(({ username, name }) => ({ username, name })) : [],
    version: deps.version,
  };
  api.disable('x-powered-by');
  api.use(securityHeaders(deps.publicUrl));
  api.use(healthRoutes(store, live.isDraining));
  api.use('/api', noStore, originGuard(allowedOrigins), ...bodyParsers);
  api.all('/api/auth/*path', actingUserGuard(sessions), toNodeHandler(auth));
  api.get('/api/config', (_req, res) => void res.json(publicConfig));
  api.use('/api', loginGuard(sessions));
  api.use('/api/posts', postRoutes(store, publish, likeWriter));
  api.use('/api/inbox', inboxRoutes(store, publish));
  api.use('/api/announcements', announcementRoutes(announcer));
  api.use('/api', notFound);
  api.use(deps.web);
  api.use(notFound);
  api.use(problemHandler(log));

  const housekeeping = setInterval(() => {
    store
      .forgetOps(new Date(Date.now() - FORGET_OPS_AFTER_MS))
      .catch((error: unknown) => log.warn({ err: error }));
  }, HOUSEKEEPING_MS);
  void announcer.resume();

  return {
    io,
    httpServer,
    async close() {
      clearInterval(housekeeping);
      announcer.close();
      await live.close();
      const insist = setTimeout(connections.cutAll, CALLS_END_WITHIN_MS);
      await io.close();
      clearTimeout(insist);
    },
  };
}
