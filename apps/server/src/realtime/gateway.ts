import { cursorSchema, ErrorCode, type SessionEndReason } from '@live-likes/contract';
import type { DisconnectReason } from 'socket.io';
import type { Sessions } from '../auth/sessions.ts';
import { Refusal, toProblem, unauthenticated } from '../errors.ts';
import type { Clock } from '../clock.ts';
import type { Limiter } from '../limits/limiter.ts';
import type { Logger } from '../log.ts';
import type { Tally } from '../metrics/tally.ts';
import type { Store } from '../storage/store.ts';
import { terminate, webSocketOf } from './engine.ts';
import type { Door } from './door.ts';
import type { Drain } from './drain.ts';
import { createEventListener, type Handlers } from './handle.ts';
import type { Conn, LiveServer, LiveSocket } from './liveServer.ts';
import { tellOfMore } from './more.ts';
import type { Presence } from './presence.ts';
import { EVERYBODY, sessionRoom, userRoom } from './rooms.ts';
import type { UnderWay } from './underWay.ts';

/** Nobody closed it: it may have been dead for a while. */
const LOST: ReadonlySet<string> = new Set(['ping timeout', 'transport close', 'transport error']);
const NO_CLOSE_FRAME = 1006;
/** Of the second within which a session's connections are cut. */
const FAREWELL_MS = 500;

export interface GatewayDeps {
  io: LiveServer;
  door: Door;
  sessions: Sessions;
  limiter: Limiter;
  store: Store;
  presence: Presence;
  handlers: Handlers;
  underWay: UnderWay;
  drain: Drain;
  clock: Clock;
  tally: Tally;
  log: Logger;
}

/** Lets logged-in sockets in, each into the room named by its user's id, and ends them with their session. */
export function openGateway({
  io,
  door,
  sessions,
  limiter,
  store,
  presence,
  handlers,
  underWay,
  drain,
  clock,
  tally,
  log,
}: GatewayDeps) {
  const asked = new WeakSet<Conn>();
  const refused = tally.handshakesRefused;
  const onEvent = createEventListener({ handlers, limiter, underWay, tally, log });

  io.use((socket: LiveSocket, next) => {
    // One socket per connection, so that those who count the connections have counted the sockets.
    if (asked.has(socket.conn)) return socket.conn.close();
    asked.add(socket.conn);
    door.loginOf(socket.conn).then(
      (login) => {
        // Whoever comes now comes again: a lost connection, unlike an error, ends no client's retrying.
        if (drain.isUnderWay()) {
          refused.draining += 1;
          return socket.conn.close();
        }
        if (login) socket.data.login = login;
        else refused.unauthenticated += 1;
        next(login ? undefined : refusal(unauthenticated(), socket.id));
      },
      (error: unknown) => {
        if (error instanceof Refusal && error.code === ErrorCode.RATE_LIMITED) {
          refused.rate_limited += 1;
          return next(refusal(error, socket.id));
        }
        refused.unavailable += 1;
        log.warn({ err: error, requestId: socket.id }, 'a handshake failed');
        socket.conn.close();
      },
    );
  });

  io.on('connection', (socket: LiveSocket) => {
    socket.data.admitted = admit(socket);
    // The same functions for all sockets, which are many.
    socket.onAny(onEvent);
    socket.on('disconnect', onDisconnect);
    socket.data.admitted.catch((error: unknown) => {
      log.warn({ err: error, requestId: socket.id }, 'a socket was not let in');
      socket.conn.close();
    });
  });

  function onDisconnect(this: LiveSocket, reason: DisconnectReason) {
    // Nobody keeps a connection without its socket, and so without the user that it counts for.
    if (reason === 'client namespace disconnect') terminate(this.conn);
    const { visit } = this.data;
    if (visit) presence.leave(visit, !LOST.has(reason) || saidGoodbye(this.conn));
  }

  async function admit(socket: LiveSocket) {
    const { sessionId, user } = socket.data.login;
    listenForGoodbye(socket.conn);
    await socket.join(sessionRoom(sessionId));
    // Read again after the join: from here on a logout finds the socket, one before is seen now.
    if (!(await sessions.living([sessionId])).has(sessionId)) {
      endSession(sessionId, 'revoked');
      throw unauthenticated();
    }
    if (!socket.connected) throw new Error('gone before it was let in');
    const visit = presence.enter(user.id);
    socket.data.visit = visit;
    // Joined before the inbox is read: what is committed in between is told twice rather than never.
    await socket.join([userRoom(user.id), EVERYBODY]);
    await visit.person.heard;
    const cursor = cursorSchema.safeParse(socket.handshake.auth);
    const answer = await store.inboxSince(user.id, cursor.success ? cursor.data : null);
    const now = new Date(clock.now()).toISOString();
    socket.emit('session:ready', { user, now, inbox: answer.delta, online: presence.countForNewcomer() });
    tellOfMore(socket, answer);
    if (socket.connected) presence.isReady(visit);
  }

  function endSession(sessionId: string, reason: SessionEndReason) {
    const room = sessionRoom(sessionId);
    const { adapter, sockets } = io.of('/');
    const ending = [...(adapter.rooms.get(room) ?? [])].flatMap((id) => sockets.get(id)?.conn ?? []);
    io.in(room).emit('session:ended', { reason });
    io.in(room).disconnectSockets(true);
    // Whoever does not read the farewell would keep the connection for as long as that takes.
    clock.setTimeout(() => ending.forEach(terminateOpen), FAREWELL_MS);
  }

  return { endSession };
}

/** WebSockets whose other side has closed them, and has said so. */
const closedInGoodOrder = new WeakSet<object>();

/**
 * A window that is closed says so in a close frame, other than a connection that breaks. Socket.IO calls both a
 * `transport close`.
 */
function listenForGoodbye(conn: Conn) {
  const webSocket = webSocketOf(conn);
  // Before Socket.IO, which tells of the end in its own listener.
  if (webSocket) webSocket.prependListener('close', noteGoodbye);
  // There is none yet; none ever where WebSockets do not get through.
  else conn.once('upgrade', () => listenForGoodbye(conn));
}

function noteGoodbye(this: object, code: number) {
  if (code !== NO_CLOSE_FRAME) closedInGoodOrder.add(this);
}

function saidGoodbye(conn: Conn): boolean {
  const webSocket = webSocketOf(conn);
  return webSocket !== null && closedInGoodOrder.has(webSocket);
}

function terminateOpen(conn: Conn) {
  if (conn.readyState !== 'closed') terminate(conn);
}

function refusal(reason: Refusal, requestId: string): Error {
  return Object.assign(new Error(reason.message), { data: { ...toProblem(reason), requestId } });
}
