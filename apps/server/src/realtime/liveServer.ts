import type { ClientToServerEvents, ServerToClientEvents } from '@live-likes/contract';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Login } from '../auth/sessions.ts';

interface SocketData {
  login: Login;
}

export type LiveServer = Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
export type LiveSocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
