import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';

/** Longer than proxies and clients keep an idle connection: whoever may still ask on it is the one to close it. */
const KEEP_ALIVE_MS = 65_000;

/** An HTTP server that keeps idle connections for long enough, and an account of all that are open. */
export function createHttpServer(answer?: RequestListener) {
  const httpServer = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, answer);
  return { httpServer, connections: trackConnections(httpServer) };
}

/**
 * Looks after the connections of a server. One that breaks while it is handed from HTTP to a WebSocket is nobody's at
 * that moment, and its error would end the process.
 *
 * Keeps account of a server's connections, WebSockets included, which Node's `closeAllConnections` leaves
 * open. A peer that has gone silent would otherwise keep the server from closing.
 */
function trackConnections(server: Server) {
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
