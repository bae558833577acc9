import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that systems give to outgoing connections and to whoever asks for any port. */
const FIRST = 20_000;
const PORTS = 12_000;
/** Processes that run at the same time, with numbers near each other, look in different places. */
const FOR_EACH_PROCESS = 50;

let looked = process.pid * FOR_EACH_PROCESS;

/**
 * A port that nobody listens on now. Its server may start later, or be away for a while: nobody who takes any port, and no
 * process that asks here at the same time, gets it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + (looked++ % PORTS);
    if (await isFree(port)) return port;
  }
}

/** Of all addresses, as a server without `HOST` takes it. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port), 'listening');
  } catch {
    return false;
  }
  await once(server.close(), 'close');
  return true;
}
