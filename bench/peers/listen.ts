/** Every peer is ready when it says so in one line, as the product does. */
import type { Server } from 'node:http';

/** As long as the product's. */
const BACKLOG = 4_096;

export function listen(server: Server) {
  const port = Number(process.env['PORT']);
  server.listen({ port, host: '127.0.0.1', backlog: BACKLOG }, () =>
    process.stdout.write(`ready at http://127.0.0.1:${port}\n`),
  );
}
