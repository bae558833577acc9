import { EventEmitter } from 'node:events';
import { Server } from 'socket.io';
import type { Sessions } from '../../src/auth/sessions.ts';
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
  /** Whether the storage fails this call. */
  failsNow(): boolean;
}

/** One run of the real server core on the real Socket.IO, from its start to its end. */
export class ServerProcess {
  readonly io: LiveServer;
  readonly #live: ReturnType<typeof startLive>;
  readonly #engine = new EventEmitter();
  readonly #conns = new Set<Conn>();

  constructor({ clock, turns, store, sessions, failsNow }: ProcessDeps) {
    this.io = new Server({ serveClient: false, connectTimeout: FOREVER_MS });
    this.io.bind(this.#engine);
    this.#live = startLive({
      io: this.io,
      store: inTurns(store, turns, failsNow),
      door: { loginOf: (conn) => sessions.of((conn as NewConn).request.headers) },
      sessions,
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
  stop(): Promise<void> {
    return this.#live.close();
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

/** Each call takes its turn before it begins and before its answer is known, so that a crash can fall in between. */
function inTurns(store: Store, turns: Turns, failsNow: () => boolean): Store {
  return new Proxy(store, {
    get(target, name: keyof Store) {
      const method = target[name];
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        await turns.take(name);
        if (failsNow()) throw unavailable(new Error('a storage fault'));
        const result: unknown = await (method as (...given: unknown[]) => Promise<unknown>)(...args);
        await turns.take(`${name} is done`);
        return result;
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
