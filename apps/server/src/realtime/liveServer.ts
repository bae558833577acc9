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

export type LiveServer = Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
export type LiveSocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
