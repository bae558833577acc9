/** Every peer is ready when it says so in one line, as the product does. */
import type { Server } from 'node:http';

export function listen(server: Server) {
  const port = Number(process.env['PORT']);
  server.listen(port, '127.0.0.1', () => process.stdout.write(`ready at http://127.0.0.1:${port}\n`));
}
