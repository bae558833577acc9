import { EventEmitter } from 'node:events';
import { Server } from 'socket.io';
import type { Sessions } from '../../src/auth/sessions.ts';
import type { Bus } from '../../src/bus/bus.ts';
import { unavailable } from '../../src/errors.ts';
import { noLimits } from '../../src/limits/limiter.ts';
import { createLog } from '../../src/log.ts';
import { startLive } from '../../src/realtime/live.ts';
import type { LiveServer, NewConn } from '../../src/realtime/liveServer.ts';
import type { Store } from '../../src/storage/store.ts';
import type { Clock, Turns } from './clock.ts';
import type { Link } from './link.ts';

const FOREVER_MS = 2 ** 31 - 1;
const log = createLog('silent');

export interface ProcessDeps {
  clock: Clock;
  turns: Turns;
  store: Store;
  sessions: Sessions;
  /** Null: it is the only one. */
  bus: Bus | null;
  /** Whether the storage fails this call. */
  failsNow(): boolean;
}

/** One run of the real server core on the real Socket.IO, from its start to its end. */
export class ServerProcess {
  readonly io: LiveServer;
  readonly #live: ReturnType<typeof startLive>;
  readonly #engine = new EventEmitter();
  readonly #conns = new Set<Conn>();
  readonly #bus: Bus | null;
  readonly #writes = new Set<Promise<unknown>>();

  constructor({ clock, turns, store, sessions, bus, failsNow }: ProcessDeps) {
    this.#bus = bus;
    this.io = new Server({ serveClient: false, connectTimeout: FOREVER_MS });
    this.io.bind(this.#engine);
    this.#live = startLive({
      io: this.io,
      store: inTurns(store, turns, failsNow, this.#writes),
      door: { loginOf: (conn) => sessions.of((conn as NewConn).request.headers) },
      sessions,
      bus,
      limiter: noLimits,
      clock,
      log,
    });
  }

  accept(link: Link, cookie: string) {
    const conn = new Conn(link, cookie);
    this.#conns.add(conn);
    this.#engine.emit('connection', conn);
  }

  endSession(sessionId: string) {
    this.#live.endSession(sessionId, 'logout');
  }

  /** An orderly end. */
  async stop() {
    await this.#live.close();
    await this.#bus?.close();
  }

  /** Something may be committed that nobody is told of yet. */
  get isWriting(): boolean {
    return this.#writes.size > 0;
  }

  /** The end of the process, in whatever it was doing. Its connections break. */
  end() {
    for (const conn of this.#conns) conn.end();
  }

  /** Sessions that a socket is connected for. */
  connectedSessions(): string[] {
    return [...this.io.of('/').sockets.values()].map((socket) => socket.data.login.sessionId);
  }
}

/** Those of the store that others are told of. */
const WRITES: ReadonlySet<string> = new Set<keyof Store>(['applyLikes', 'markRead']);

/**
 * Each call takes its turn before it begins and before its answer is known, so that a crash can fall in between.
 *
 * @param writes those that are under way
 */
function inTurns(store: Store, turns: Turns, failsNow: () => boolean, writes: Set<Promise<unknown>>): Store {
  return new Proxy(store, {
    get(target, name: keyof Store) {
      const method = target[name];
      if (typeof method !== 'function') return method;
      const call = async (...args: unknown[]) => {
        await turns.take(name);
        if (failsNow()) throw unavailable(new Error('a storage fault'));
        const result: unknown = await (method as (...given: unknown[]) => Promise<unknown>)(...args);
        await turns.take(`${name} is done`);
        return result;
      };
      if (!WRITES.has(name)) return call;
      return (...args: unknown[]) => {
        const written = call(...args);
        writes.add(written);
        const done = () => writes.delete(written);
        written.then(done, done);
        return written;
      };
    },
  });
}

/** What Socket.IO knows of a connection of its engine. */
class Conn extends EventEmitter {
  static #last = 0;
  readonly id = String((Conn.#last += 1));
  readonly protocol = 4;
  readonly remoteAddress = '127.0.0.1';
  readonly transport = { writable: true };
  readonly request: object;
  readyState = 'open';
  readonly #link: Link;

  constructor(link: Link, cookie: string) {
    super();
    this.#link = link;
    this.request = { headers: { cookie }, connection: {}, url: '/', _query: {} };
    link.receive.up = (message) => this.readyState === 'open' && this.emit('data', message);
    link.ended.up = () => this.end();
  }

  write(message: string) {
    if (this.readyState === 'open') this.#link.send('down', message);
  }

  close() {
    this.#link.cut();
    this.end();
  }

  end() {
    if (this.readyState !== 'open') return;
    this.readyState = 'closed';
    this.#link.cut();
    this.emit('close', 'transport close');
  }
}
