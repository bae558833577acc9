import type { ClientToServerEvents, ServerToClientEvents } from '@live-likes/contract';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Login } from '../auth/sessions.ts';
import type { Visit } from './visit.ts';

interface SocketData {
  login: Login;
  /** Rejects when it turns out not to be allowed in. */
  admitted: Promise<void>;
  /** From when it was let in. */
  visit?: Visit;
}

type WholeSocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;

export type LiveServer = Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
/** Without the request that its connection began with, which is let go of (`forgetRequest`). */
export type LiveSocket = Omit<WholeSocket, 'request' | 'conn'> & { readonly conn: Conn };

/** A connection of the engine below Socket.IO, before anything has been let go of. */
export type NewConn = WholeSocket['conn'];
export type Conn = Omit<NewConn, 'request'>;
