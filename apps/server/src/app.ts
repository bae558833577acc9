import type { Server as HttpServer } from 'node:http';
import { HEAD_INTERVAL_MS, MESSAGE_MAX_BYTES, type PublicConfig } from '@live-likes/contract';
import { toNodeHandler } from 'better-auth/node';
import express from 'express';
import type { Kysely } from 'kysely';
import { Server } from 'socket.io';
import { createAnnouncer } from './announcements/announcer.ts';
import { createAuth } from './auth/auth.ts';
import { isAllowedOrigin } from './auth/origin.ts';
import { createSessions } from './auth/sessions.ts';
import { DEMO_USERS } from './demo/content.ts';
import { seedDemo } from './demo/demo.ts';
import { announcementRoutes } from './http/announcements.ts';
import { bodyParsers } from './http/body.ts';
import { actingUserGuard, loginGuard, noStore, originGuard } from './http/guards.ts';
import { healthRoutes } from './http/health.ts';
import { inboxRoutes } from './http/inbox.ts';
import { postRoutes } from './http/posts.ts';
import { notFound, problemHandler } from './http/problem.ts';
import { securityHeaders } from './http/web.ts';
import { markRead } from './inbox/markRead.ts';
import { createLikeWriter } from './likes/likeWriter.ts';
import { setLike } from './likes/setLike.ts';
import type { Logger } from './log.ts';
import { openGateway } from './realtime/gateway.ts';
import type { Handlers } from './realtime/handle.ts';
import { startHeartbeat } from './realtime/heartbeat.ts';
import type { LiveServer } from './realtime/liveServer.ts';
import { createPresence } from './realtime/presence.ts';
import { createPublisher } from './realtime/publisher.ts';
import { watchPosts } from './realtime/watch.ts';
import type { Store } from './storage/store.ts';

const FORGET_OPS_AFTER_MS = 25 * 3_600_000;
const HOUSEKEEPING_MS = 3_600_000;

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
  let draining = false;

  const auth = createAuth({
    database: deps.accounts,
    secret: deps.authSecret,
    publicUrl: deps.publicUrl,
    allowedOrigins,
    log,
    onSessionEnded: (sessionId, reason) => gateway.endSession(sessionId, reason),
  });
  if (deps.demo) await seedDemo(auth, store);
  const sessions = createSessions(auth);

  const api = express();
  httpServer.removeAllListeners('request').on('request', api);
  const io: LiveServer = new Server(httpServer, {
    serveClient: false,
    maxHttpBufferSize: MESSAGE_MAX_BYTES,
    // Guards every transport, unlike the `cors` option.
    allowRequest: (req, callback) => callback(null, isAllowedOrigin(req.headers, allowedOrigins)),
  });
  const presence = createPresence(io);
  const publish = createPublisher(io, store, presence, log);
  const likeWriter = createLikeWriter(store, publish);
  const announcer = createAnnouncer({ store, publish, admins: deps.adminUsers });

  const handlers: Handlers = {
    'like:set': ({ postId, liked, op }, socket) =>
      setLike(likeWriter, { userId: socket.data.login.user.id, postId, liked, op }, socket.id),
    'inbox:since': (cursor, socket) => store.inboxSince(socket.data.login.user.id, cursor),
    'inbox:read': (what, socket) => markRead(store, publish, socket.data.login.user.id, what),
    'posts:watch': ({ postIds }, socket) => watchPosts(store, socket, postIds),
  };
  const gateway = openGateway({ io, sessions, store, presence, handlers, log });

  const publicConfig: PublicConfig = {
    demo: deps.demo,
    demoUsers: deps.demo ? DEMO_USERS.map(({ username, name }) => ({ username, name })) : [],
    version: deps.version,
  };
  api.disable('x-powered-by');
  api.use(securityHeaders(deps.publicUrl));
  api.use(healthRoutes(store, () => draining));
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

  const heartbeat = startHeartbeat(io, store, presence, log, deps.headIntervalMs ?? HEAD_INTERVAL_MS);
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
      draining = true;
      clearInterval(housekeeping);
      announcer.close();
      heartbeat.close();
      presence.close();
      io.emit('server:draining', { reconnectInMs: 0 });
      await likeWriter.idle();
      await io.close();
    },
  };
}
