import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that systems give to outgoing connections and to whoever asks for any port, unless told otherwise. */
const FIRST = 20_000;
const PORTS = 12_000;
/** Of the address alone, and of all of them: some systems let either be taken beside the other. */
const HOSTS = ['127.0.0.1', undefined];

/** Processes that ask at the same time begin at different places. */
let looked = randomInt(PORTS);

/**
 * A port that nobody listens on now. Its server may start later, or be away for a while: who takes any port does not get
 * it, and another process that asks here hardly ever does.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + (looked++ % PORTS);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  for (const host of HOSTS) {
    const server = createServer();
    try {
      await once(server.listen({ port, host }), 'listening');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
      throw error;
    }
    await once(server.close(), 'close');
  }
  return true;
}
