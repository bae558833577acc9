import { cursorSchema, type SessionEndReason } from '@live-likes/contract';
import type { Sessions } from '../auth/sessions.ts';
import { unauthenticated } from '../errors.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Store } from '../storage/store.ts';
import type { Drain } from './drain.ts';
import { handleEvents, type Handlers } from './handle.ts';
import type { LiveServer, LiveSocket } from './liveServer.ts';
import { tellOfMore } from './more.ts';
import type { Presence } from './presence.ts';
import { EVERYBODY, sessionRoom, userRoom } from './rooms.ts';
import type { UnderWay } from './underWay.ts';

export interface GatewayDeps {
  io: LiveServer;
  sessions: Sessions;
  store: Store;
  presence: Presence;
  handlers: Handlers;
  underWay: UnderWay;
  drain: Drain;
  clock: Clock;
  log: Logger;
}

/** Lets logged-in sockets in, each into the room named by its user's id, and ends them with their session. */
export function openGateway({
  io,
  sessions,
  store,
  presence,
  handlers,
  underWay,
  drain,
  clock,
  log,
}: GatewayDeps) {
  io.use((socket, next) => {
    sessions.of(socket.handshake.headers).then(
      (login) => {
        // Whoever comes now comes again: a lost connection, unlike an error, ends no client's retrying.
        if (drain.isUnderWay()) return socket.conn.close();
        if (login) socket.data.login = login;
        next(login ? undefined : refusal());
      },
      (error: unknown) => {
        log.warn({ err: error }, 'a handshake failed');
        socket.conn.close();
      },
    );
  });

  io.on('connection', (socket) => {
    const admitted = admit(socket);
    handleEvents({ socket, admitted, handlers, underWay, log });
    admitted.catch((error: unknown) => {
      log.warn({ err: error }, 'a socket was not let in');
      socket.conn.close();
    });
  });

  async function admit(socket: LiveSocket) {
    const { sessionId, user } = socket.data.login;
    await socket.join(sessionRoom(sessionId));
    // Read again after the join: from here on a logout finds the socket, one before is seen now.
    if (!(await sessions.lives(sessionId))) {
      endSession(sessionId, 'revoked');
      throw unauthenticated();
    }
    if (!socket.connected) throw new Error('gone before it was let in');
    presence.add(user.id);
    socket.once('disconnect', () => presence.remove(user.id));
    // Joined before the inbox is read: what is committed in between is told twice rather than never.
    await socket.join([userRoom(user.id), EVERYBODY]);
    const cursor = cursorSchema.safeParse(socket.handshake.auth);
    const answer = await store.inboxSince(user.id, cursor.success ? cursor.data : null);
    const now = new Date(clock.now()).toISOString();
    socket.emit('session:ready', { user, now, inbox: answer.delta, online: presence.count() });
    tellOfMore(socket, answer);
  }

  function endSession(sessionId: string, reason: SessionEndReason) {
    const sockets = io.in(sessionRoom(sessionId));
    sockets.emit('session:ended', { reason });
    sockets.disconnectSockets(true);
  }

  return { endSession };
}

function refusal(): Error {
  const { code, message } = unauthenticated();
  return Object.assign(new Error(message), { data: { code, message } });
}
