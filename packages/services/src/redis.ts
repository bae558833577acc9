/** A Redis of one's own, for tests and for trying out several nodes. */
import { connect } from 'node:net';
import { once } from 'node:events';
import { findExecutable, unprivileged } from './executable.ts';
import { freePort } from './freePort.ts';
import { ownFolder, readyProcess, removeFolder } from './ownProcess.ts';

export interface OwnRedis {
  /** As `REDIS_URL` wants it. The same after a restart. */
  url: string;
  pid(): number;
  /** Ends it by force and at once; `start` brings an empty one back. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends it for good. */
  stop(): Promise<void>;
}

/** The path of redis-server, or undefined when the machine does not have it. */
export function findRedis(): string | undefined {
  return findExecutable('redis-server');
}

/** Starts a Redis that stores nothing on disk and listens on a free port of the loopback address. */
export async function startRedis(): Promise<OwnRedis> {
  const program = findRedis();
  if (!program) throw new Error('redis-server is not installed (Debian: apt-get install redis-server).');
  const identity = unprivileged('redis');
  const folder = ownFolder('redis', identity);
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const launch = () => readyProcess(program, args, { folder, identity }, () => answers(port));
  let server = await launch();
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: () => server.pid,
    async kill() {
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
    },
    async start() {
      server = await launch();
    },
    async stop() {
      await server.stop();
      removeFolder(folder);
    },
  };
}

async function answers(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 });
  try {
    socket.write('PING\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString().startsWith('+PONG');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
