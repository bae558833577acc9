/**
 * The server of `npm run dev`, started again when one of its sources changes. This stands in for `node --watch`,
 * which goes on waiting after a start that failed and keeps the exit code to itself, so that nobody could tell a
 * wrong setting from a slow start.
 */
import { watch } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { isStopping, root, type Running, runNode, stop } from './processes.ts';

const SOURCES = ['apps/server/src', 'packages/contract/src'];
/** Editors write a file in several steps, and one save may touch several files. */
const SETTLE_MS = 100;

export interface DevServer {
  /** Resolves with the exit code if the first start fails. */
  failed: Promise<number>;
  /** From now on a server that ends is waited for, since a change of its sources starts it again. */
  keepAlive: () => void;
}

export function startDevServer(env: NodeJS.ProcessEnv): DevServer {
  let current = start(env);
  let started = false;
  let restarting = false;
  let timer: NodeJS.Timeout | undefined;

  const failed = new Promise<number>((resolve) => {
    void current.exited.then((code) => !started && resolve(code));
  });

  const restart = async (): Promise<void> => {
    if (!started || restarting || isStopping()) return;
    restarting = true;
    await stop(current, 3_000);
    restarting = false;
    if (isStopping()) return;
    current = start(env);
    announceEnd(current);
  };

  const announceEnd = (server: Running): void => {
    void server.exited.then(() => {
      if (restarting || isStopping()) return;
      console.error('The server has stopped; it starts again when one of its files changes.');
    });
  };

  for (const folder of SOURCES) {
    watch(path.join(root, folder), { recursive: true }, (_event, file) => {
      if (file === null || !file.endsWith('.ts') || file.endsWith('.test.ts')) return;
      clearTimeout(timer);
      timer = setTimeout(() => void restart(), SETTLE_MS);
    });
  }

  return {
    failed,
    keepAlive: () => {
      started = true;
      announceEnd(current);
    },
  };
}

/** Shows what the server prints, but for its own address: in development there is one URL, Vite's. */
function start(env: NodeJS.ProcessEnv): Running {
  const server = runNode('apps/server/src/main.ts', ['--dev'], { env, stdout: 'pipe' });
  if (server.child.stdout) {
    createInterface({ input: server.child.stdout }).on('line', (line) => {
      if (!line.startsWith('Live Likes is ready at ')) console.log(line);
    });
  }
  return server;
}
