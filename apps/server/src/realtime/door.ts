import { type IncomingMessage, ServerResponse, STATUS_CODES } from 'node:http';
import { ErrorCode, type HttpProblem } from '@live-likes/contract';
import { isAllowedOrigin } from '../auth/origin.ts';
import type { Login, Sessions } from '../auth/sessions.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { type Limiter, TooFast } from '../limits/limiter.ts';
import { createPlaces } from '../limits/places.ts';
import type { Tally } from '../metrics/tally.ts';
import { forgetRequest, forgetUpgrade, terminate, type UpgradeResponse } from './engine.ts';
import type { Conn, LiveServer, NewConn } from './liveServer.ts';

const SOCKETS_PER_USER = 20;
const STRANGERS_PER_ADDRESS = 50;
/** A connection that is nobody's by then is cut. */
const LOG_IN_WITHIN_MS = 10_000;
const TRY_AGAIN_MS = 5_000;

export interface DoorDeps {
  io: LiveServer;
  sessions: Sessions;
  limiter: Limiter;
  clock: Clock;
  tally: Tally;
  allowedOrigins: ReadonlySet<string>;
  /** What a limit counts a request of a stranger against. */
  addressOf(req: IncomingMessage): string;
  isDraining(): boolean;
}

/** Stands before the gateway. */
export interface Door {
  /**
   * The login that a connection began with; null without a valid one.
   *
   * @throws {Refusal} when it may not come in now.
   */
  loginOf(conn: Conn): Promise<Login | null>;
}

/** Why the engine refuses a request. */
const Reason = { UNKNOWN_SID: 1, FORBIDDEN: 4 };

/** As the engine reads it, so that both take the same requests for new. */
type EngineRequest = IncomingMessage & { _query: Record<string, string> };
type EngineResponse = ServerResponse | UpgradeResponse;

interface Arrival {
  login: Login | null;
  /** What keeps it from coming in. */
  error?: unknown;
  /** Gives its place back. */
  leave(): void;
  /** What cuts it when it stays nobody's. */
  waiting?: unknown;
}

/** A request that waits to become a connection. */
interface Pending {
  arrival: Arrival;
  res: EngineResponse;
}

/**
 * Finds out who opens a connection while it is still a request, before anything is kept of it, and gives each a
 * place: one of its user's, or one of those that its address has for strangers. So those who are logged in never
 * wait behind strangers, even if all of them come at once from one address. A connection that is refused with a
 * reason has to come in to hear it, and is a stranger meanwhile.
 */
export function openDoor({
  io,
  sessions,
  limiter,
  clock,
  tally,
  allowedOrigins,
  addressOf,
  isDraining,
}: DoorDeps): Door {
  const seats = createPlaces(SOCKETS_PER_USER);
  const refusals = tally.handshakesRefused;
  const strangers = createPlaces(STRANGERS_PER_ADDRESS);
  const pending = new WeakMap<IncomingMessage, Pending>();
  const arrivals = new WeakMap<Conn, Arrival>();

  io.engine.use((req: EngineRequest, res: EngineResponse, next: () => void) => {
    forgetUpgrade(res);
    const { _query: query } = req;
    // What belongs to a connection that there is, and what is refused for its origin, is not for us.
    if (query['sid'] || !isAllowedOrigin(req.headers, allowedOrigins)) next();
    // Nothing that a client sends may end the process.
    else if (isDraining()) turnAway(req, res, 503, stopping());
    else arrive(req, res, next).catch(() => req.socket.destroy());
  });

  io.engine.on('connection_error', ({ code }: { code: number }) => {
    if (code === Reason.FORBIDDEN) refusals.origin += 1;
    else if (code === Reason.UNKNOWN_SID) refusals.unknown_sid += 1;
    else refusals.malformed += 1;
  });

  io.engine.on('connection', (conn: NewConn) => {
    const opening = pending.get(conn.request);
    if (!opening) return;
    const { arrival, res } = opening;
    res.off('close', arrival.leave);
    forgetRequest(conn);
    arrivals.set(conn, arrival);
    arrival.waiting = clock.setTimeout(() => terminate(conn), LOG_IN_WITHIN_MS);
    conn.on('close', onClose);
  });

  // One function for all connections, which are many.
  function onClose(this: Conn) {
    const arrival = arrivals.get(this);
    if (!arrival) return;
    stopWaiting(arrival);
    arrival.leave();
  }

  function stopWaiting(arrival: Arrival) {
    clock.clearTimeout(arrival.waiting);
    // It lets go of the connection, too.
    arrival.waiting = undefined;
  }

  async function arrive(req: IncomingMessage, res: EngineResponse, next: () => void) {
    const address = addressOf(req);
    let login: Login | null = null;
    let refused: unknown;
    let giveBack: Arrival['leave'] | null = null;
    try {
      login = await sessions.of(req.headers);
      if (login) await limiter.take('HANDSHAKES', login.user.id);
      else await limiter.take('STRANGER_HANDSHAKES', address);
      if (req.socket.destroyed) return;
      giveBack = login && seats.take(login.user.id);
      if (login && !giveBack) throw tooMany('You have too many windows open.');
    } catch (error) {
      if (error instanceof TooFast && error.flooding) return turnAway(req, res, 429, error);
      refused = error;
    }
    if (req.socket.destroyed) return giveBack?.();
    giveBack ??= strangers.take(address);
    if (!giveBack) return turnAway(req, res, 429, tooMany('Too many connections wait for a login.'));
    const arrival: Arrival = { login, error: refused, leave: giveBack };
    pending.set(req, { arrival, res });
    // It may become no connection after all.
    res.once('close', arrival.leave);
    next();
  }

  /** Says no at the least cost, and in a way that leaves a client retrying. */
  function turnAway(req: IncomingMessage, res: EngineResponse, status: 429 | 503, refusal: Refusal) {
    refusals[status === 429 ? 'rate_limited' : 'draining'] += 1;
    answer(req, res, status, refusal);
  }

  return {
    async loginOf(conn) {
      const arrival = arrivals.get(conn);
      if (arrival?.error !== undefined) throw arrival.error;
      if (arrival?.login) stopWaiting(arrival);
      return arrival?.login ?? null;
    },
  };
}

function tooMany(what: string) {
  const message = `${what} Try again in ${TRY_AGAIN_MS / 1_000} seconds.`;
  return new Refusal(ErrorCode.RATE_LIMITED, message, { retryAfterMs: TRY_AGAIN_MS });
}

/** A balancer that hears this of a node asks another one. */
function stopping() {
  return new Refusal(ErrorCode.UNAVAILABLE, 'This server is stopping. Connect again.', {
    retryAfterMs: 1_000,
  });
}

function answer(
  req: IncomingMessage,
  res: EngineResponse,
  status: number,
  { code, message, retryAfterMs = 0 }: Refusal,
) {
  const problem: HttpProblem = {
    status,
    title: STATUS_CODES[status] ?? code,
    code,
    detail: message,
    retryAfterMs,
  };
  const body = JSON.stringify(problem);
  const headers = {
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    'Retry-After': Math.ceil(retryAfterMs / 1_000),
    Connection: 'close',
  };
  if (res instanceof ServerResponse) {
    res.writeHead(problem.status, headers).end(body);
    return;
  }
  // A WebSocket that is not one yet: there is nothing but the bare connection to answer on.
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  req.socket.write(`HTTP/1.1 ${problem.status} ${problem.title}\r\n${lines.join('')}\r\n${body}`);
  req.socket.destroySoon();
}
