import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { MESSAGE_MAX_BYTES } from '@live-likes/contract';
import express from 'express';
import { Server } from 'socket.io';
import { createAnnouncer } from './announcements/announcer.ts';
import { createAuth } from './auth/auth.ts';
import { isAllowedOrigin } from './auth/origin.ts';
import { createSessions } from './auth/sessions.ts';
import type { Bus } from './bus/bus.ts';
import { type Clock, systemClock } from './clock.ts';
import { seedDemo } from './demo/demo.ts';
import { answerCalls } from './http/api.ts';
import type { Connections } from './http/connections.ts';
import { clientAddress, limitedAddress } from './limits/clientAddress.ts';
import { createLimiter, noLimits } from './limits/limiter.ts';
import type { Rates } from './limits/rates.ts';
import type { Logger } from './log.ts';
import { createMetrics } from './metrics/metrics.ts';
import { endpointRule } from './push/endpoint.ts';
import { startPusher } from './push/pusher.ts';
import type { Vapid } from './push/vapid.ts';
import { openDoor } from './realtime/door.ts';
import { nameConnections, refuseOtherUpgrades, writeTogether } from './realtime/engine.ts';
import { cutEndedSessions } from './realtime/endedSessions.ts';
import { startLive } from './realtime/live.ts';
import type { LiveServer } from './realtime/liveServer.ts';
import { PINGS } from './realtime/pings.ts';
import { cutSlowReaders } from './realtime/slowReaders.ts';
import type { AccountsDatabase } from './storage/opened.ts';
import { watchOutsideChanges } from './storage/outsideChanges.ts';
import type { Store } from './storage/store.ts';

/** A call that takes longer than this to end is cut when the server stops, and so is a client that has gone silent. */
const CALLS_END_WITHIN_MS = 5_000;

export interface AppDeps {
  /** Already bound or not; once the app is made, it alone answers the requests. */
  httpServer: HttpServer;
  /** Its connections, from the first one on. */
  connections: Connections;
  store: Store;
  accounts: AccountsDatabase;
  authSecret: string;
  publicUrl: string;
  allowedOrigins: ReadonlySet<string>;
  adminUsers: ReadonlySet<string>;
  /** How many proxies stand before the server. */
  trustProxy: number;
  /** Null: no limits of rate. */
  rates: Rates | null;
  /** Which of several nodes this is, for the balancer before them; null: it is told nothing. */
  nodeId: string | null;
  /** What has to be shown to read the metrics; null: nothing. */
  metricsToken: string | null;
  demo: boolean;
  version: string;
  /** Serves the pages: every address that is not the API's. */
  web: express.Handler;
  log: Logger;
  headIntervalMs?: number;
  /** Null: nobody gets a Web Push. */
  vapid: Vapid | null;
  clock?: Clock;
  /** To the other nodes; null: there are none. Closed by whoever opened it, after the app. */
  bus?: Bus | null;
}

export interface App {
  io: LiveServer;
  httpServer: HttpServer;
  /** Tells clients to come back elsewhere or later, finishes what is under way and closes everything. */
  close(): Promise<void>;
}

/** Puts the parts together. Nothing starts before it is called, and `close` ends all of it. */
export async function createApp(deps: AppDeps): Promise<App> {
  const {
    httpServer,
    connections,
    store,
    allowedOrigins,
    log,
    vapid,
    clock = systemClock,
    bus = null,
  } = deps;

  const auth = createAuth({
    database: deps.accounts,
    secret: deps.authSecret,
    publicUrl: deps.publicUrl,
    allowedOrigins,
    log,
    onSessionEnded: (sessionId, reason) => live.endSession(sessionId, reason),
  });
  if (deps.demo) await store.exclusively(() => seedDemo(auth, store));
  const sessions = createSessions(auth, store);
  const limiter = deps.rates ? (bus?.limiter(deps.rates) ?? createLimiter(deps.rates)) : noLimits;
  const metrics = createMetrics();
  const { tally } = metrics;
  const addressOf = (req: IncomingMessage) => limitedAddress(clientAddress(req, deps.trustProxy));

  const api = express();
  httpServer.removeAllListeners('request').on('request', api);
  const io: LiveServer = new Server(httpServer, {
    serveClient: false,
    ...PINGS,
    maxHttpBufferSize: MESSAGE_MAX_BYTES,
    // Guards every transport, unlike the `cors` option.
    allowRequest: (req, callback) => callback(null, isAllowedOrigin(req.headers, allowedOrigins)),
  });
  refuseOtherUpgrades(httpServer, io);
  writeTogether(io);
  if (deps.nodeId !== null) nameConnections(io, deps.nodeId);
  const live = startLive({
    io,
    store,
    door: openDoor({
      io,
      sessions,
      limiter,
      clock,
      tally,
      allowedOrigins,
      addressOf,
      isDraining: () => live.isDraining(),
    }),
    sessions,
    limiter,
    clock,
    log,
    bus,
    headIntervalMs: deps.headIntervalMs,
    tally,
    onNodeEnded: () => void announcer.resume(),
    ...(vapid && {
      onAbsent: (touched) => pusher?.touched(touched),
      onArrived: (userId) => pusher?.arrived(userId),
    }),
  });
  const { endSessionHere: endSession } = live;
  const outside = watchOutsideChanges(
    store,
    () => cutEndedSessions({ io, sessions, clock, endSession }),
    log,
  );
  const slowReaders = cutSlowReaders({ io, sockets: connections.open, log });
  const { publish, likeWriter, presence } = live;
  const announcer = createAnnouncer({ store, publish, presence, admins: deps.adminUsers });

  const pushRule = vapid && endpointRule(deps.publicUrl);
  const pusher =
    pushRule &&
    startPusher({
      store,
      vapid,
      rule: pushRule,
      settingsOf: store.settings,
      connected: bus ? bus.connected : async () => new Set<string>(),
      clock,
      tally,
      log,
    });

  metrics.watch({
    sockets: () => io.engine.clientsCount,
    users: () => presence.userIds().length,
    isDraining: live.isDraining,
    services: { storage: () => store.ping(), ...(bus && { redis: bus.ping }) },
  });

  answerCalls(api, {
    ...deps,
    auth,
    sessions,
    limiter,
    addressOf,
    announcer,
    publish,
    likeWriter,
    pushKey: vapid?.publicKey ?? null,
    pushRule,
    metrics,
    isDraining: live.isDraining,
  });

  void announcer.resume();

  return {
    io,
    httpServer,
    async close() {
      announcer.close();
      pusher?.close();
      slowReaders.close();
      outside.close();
      await live.close();
      const insist = setTimeout(connections.cutAll, CALLS_END_WITHIN_MS);
      await io.close();
      clearTimeout(insist);
    },
  };
}
