import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Looks after the connections of a server. One that breaks while it is handed from HTTP to a WebSocket is nobody's at
 * that moment, and its error would end the process.
 *
 * Keeps account of a server's connections, WebSockets included, which Node's `closeAllConnections` leaves
 * open. A peer that has gone silent would otherwise keep the server from closing.
 */
export function trackConnections(server: Server) {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => open.delete(socket));
  });
  return {
    open: () => open.values(),
    cutAll() {
      for (const socket of open) socket.destroy();
    },
  };
}

export type Connections = ReturnType<typeof trackConnections>;
