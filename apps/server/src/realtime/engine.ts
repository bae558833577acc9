import type { LiveServer, LiveSocket } from './liveServer.ts';

/** A connection of the engine below Socket.IO. */
export type Conn = LiveSocket['conn'];

/** What Engine.IO and its WebSocket library do not tell of themselves; nobody else looks into them. */
interface Internals {
  writeBuffer: { data?: string | Uint8Array }[];
  transport: { socket?: { bufferedAmount: number; terminate(): void } };
}

/** Every connection, also those that have not joined a namespace, or are about to close. */
export function connectionsOf(io: LiveServer): Conn[] {
  const { clients } = io.engine as unknown as { clients: Record<string, Conn> };
  return Object.values(clients);
}

/** What the server keeps because the client has not read it. */
export function unreadBy(conn: Conn): { packets: number; bytes: number } {
  const { writeBuffer, transport } = conn as unknown as Internals;
  const waiting = writeBuffer.reduce((bytes, { data }) => bytes + (data?.length ?? 0), 0);
  return { packets: writeBuffer.length, bytes: waiting + (transport.socket?.bufferedAmount ?? 0) };
}

/** Ends it at once: whoever does not read would not read a farewell either. */
export function terminate(conn: Conn) {
  const { socket } = (conn as unknown as Internals).transport;
  if (socket) socket.terminate();
  else conn.close(true);
}
