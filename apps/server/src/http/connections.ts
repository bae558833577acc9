import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Keeps account of a server's connections, WebSockets included, which Node's `closeAllConnections` leaves
 * open. A peer that has gone silent would otherwise keep the server from closing.
 */
export function trackConnections(server: Server) {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return {
    cutAll() {
      // Those that were there before this one began to count.
      server.closeAllConnections();
      for (const socket of open) socket.destroy();
    },
  };
}
