import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLiveClient, type LiveClient, type LiveClientEvents, socketWire } from '@live-likes/client';
import type {
  ClientToServerEvents,
  Post,
  ServerEvent,
  ServerEventData,
  ServerToClientEvents,
  User,
} from '@live-likes/contract';
import type { Handler } from 'express';
import { io, type Socket } from 'socket.io-client';
import { type App, createApp } from '../src/app.ts';
import { createHttpServer } from '../src/http/connections.ts';
import { openRedisBus, type RedisBusDeps } from '../src/bus/redis/open.ts';
import type { Clock } from '../src/clock.ts';
import { createLog } from '../src/log.ts';
import { DEFAULT_RATES, type Rates } from '../src/limits/rates.ts';
import type { Vapid } from '../src/push/vapid.ts';
import type { OpenedStorage } from '../src/storage/opened.ts';
import { openPostgres } from '../src/storage/postgres/open.ts';
import { openSqlite } from '../src/storage/sqlite/open.ts';

/** Password of every person in these tests; the demo's, so that the demo users are people too. */
const PASSWORD = 'live-likes-demo';

export interface TestServer {
  app: App;
  storage: OpenedStorage;
  databasePath: string;
  url: string;
  close(): Promise<void>;
}

export interface ServerOptions {
  headIntervalMs?: number;
  vapid?: Vapid;
  clock?: Clock;
  /** Another than the address at which it really listens. */
  publicUrl?: string;
  web?: Handler;
  /** Limits that are not the default ones; null: none of rate. */
  rates?: Partial<Rates> | null;
  trustProxy?: number;
  /** Makes it one of several nodes, which have a `directory` in common, too. */
  redis?: Pick<RedisBusDeps, 'url' | 'log' | 'answerWithinMs' | 'beatMs' | 'deadAfterMs'>;
  metricsToken?: string;
  nodeId?: string;
  /** Instead of a file of its own. */
  postgresUrl?: string;
}

/** A whole server on a free port, with a database of its own unless it is given one. */
export async function startServer(options: ServerOptions & { directory?: string } = {}): Promise<TestServer> {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'live-likes-'));
  const { httpServer, connections } = createHttpServer();
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
  const databasePath = join(directory, 'live.db');
  const storage: OpenedStorage = options.postgresUrl
    ? await openPostgres(options.postgresUrl, createLog('silent'))
    : await openSqlite(databasePath);
  const bus = options.redis ? await openRedisBus({ ...options.redis, name: storage.installation }) : null;
  const app = await createApp({
    bus,
    httpServer,
    connections,
    store: storage.store,
    accounts: storage.accounts,
    authSecret: 'a secret that is only used in tests',
    publicUrl: options.publicUrl ?? url,
    allowedOrigins: new Set([url]),
    adminUsers: new Set(['alice']),
    trustProxy: options.trustProxy ?? 0,
    rates: options.rates === null ? null : { ...DEFAULT_RATES, ...options.rates },
    metricsToken: options.metricsToken ?? null,
    nodeId: options.nodeId ?? null,
    demo: true,
    version: '0.0.0',
    web: options.web ?? ((_req, _res, pass) => pass()),
    log: createLog('silent'),
    headIntervalMs: options.headIntervalMs,
    vapid: options.vapid ?? null,
    clock: options.clock,
  });
  return {
    app,
    storage,
    databasePath,
    url,
    async close() {
      await app.close();
      await bus?.close();
      await storage.close();
      if (!options.directory) rmSync(directory, { recursive: true });
    },
  };
}

export interface Person {
  user: User;
  cookie: string;
  /** An HTTP call as this person. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** The same, for a call that must succeed: its JSON. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
  post(body: string): Promise<Post>;
  /** A raw socket, connected; `ready` is what its `session:ready` said. */
  socket(auth?: Record<string, unknown>): Promise<RawSocket>;
  /** The client core, live. */
  client(events?: LiveClientEvents): Promise<LiveClient>;
}

export type RawSocket = Socket<ServerToClientEvents, ClientToServerEvents> & {
  ready: ServerEventData['session:ready'];
};

export async function callAs(cookie: string, url: string, method: string, body?: unknown, headers = {}) {
  return fetch(url, {
    method,
    headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** Logs a demo user in, or anybody else after signing them up. Open connections end with the test. */
export async function login(server: TestServer, username: string, open: Opened): Promise<Person> {
  let response = await signIn();
  if (response.status === 401) {
    const account = { name: username, username, email: `${username}@example.com`, password: PASSWORD };
    await callAs('', `${server.url}/api/auth/sign-up/email`, 'POST', account);
    response = await signIn();
  }
  if (!response.ok) throw new Error(`${username} cannot log in: ${await response.text()}`);
  const cookie = cookieOf(response);
  const { user } = (await response.json()) as { user: User };

  function signIn() {
    return callAs('', `${server.url}/api/auth/sign-in/username`, 'POST', { username, password: PASSWORD });
  }

  const person: Person = {
    user: { id: user.id, username: user.username, name: user.name, image: user.image },
    cookie,
    call: (method, path, body, headers) => callAs(cookie, server.url + path, method, body, headers),
    async ask<T>(method: string, path: string, body?: unknown) {
      const answer = await person.call(method, path, body);
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    post: (body) => person.ask<Post>('POST', '/api/posts', { body }),
    async socket(auth = {}) {
      const socket = connect(server, { cookie }, auth) as RawSocket;
      open.push(() => socket.disconnect());
      [socket.ready] = await next(socket, 'session:ready');
      return socket;
    },
    async client(events = {}) {
      const wire = socketWire({ url: server.url, headers: { cookie } });
      const client = createLiveClient({ ...events, userId: user.id, wire });
      open.push(() => client.close());
      await until(client.connection, (state) => state === 'live');
      return client;
    },
  };
  return person;
}

/** What to close when the test is over. */
export type Opened = (() => void)[];

export function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
}

/** A raw socket that has not connected yet. */
export function connect(
  server: TestServer,
  headers: Record<string, string>,
  auth = {},
  transports = ['websocket'],
): Socket {
  return io(server.url, { forceNew: true, transports, extraHeaders: headers, auth, reconnection: false });
}

/** The next `event`; call it before what causes the event. */
export function next<E extends ServerEvent>(
  socket: Socket<ServerToClientEvents, ClientToServerEvents>,
  event: E,
  matches: (payload: ServerEventData[E]) => boolean = () => true,
): Promise<[ServerEventData[E]]> {
  return new Promise((resolve) => {
    const listener = (payload: ServerEventData[E]) => {
      if (!matches(payload)) return;
      socket.off(event, listener as never);
      resolve([payload]);
    };
    socket.on(event, listener as never);
  });
}

/** Resolves when a readable value is as wanted. */
export function until<T>(
  readable: { get(): T; subscribe(listener: () => void): () => void },
  matches: (value: T) => boolean,
): Promise<T> {
  return new Promise((resolve) => {
    const end = readable.subscribe(check);
    check();
    function check() {
      const value = readable.get();
      if (!matches(value)) return;
      queueMicrotask(() => end());
      resolve(value);
    }
  });
}
