/** A candidate as it runs: a process of its own on the first core, with the flags of `npm start`. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { V8_FLAGS } from '@live-likes/services/v8Flags';
import type { Candidate } from './candidates.ts';
import type { World } from './world.ts';

const SERVER_CORE = '0';
const LOAD_CORE = '1';
/** As long as this process is bound to none of them itself. */
const CORES = availableParallelism();
const isBound = process.platform === 'linux' && CORES > 1;

/** A program bound to one core, so that the load and the server take no time from each other. */
export const onLoadCore = (args: string[]): [string, string[]] => onCore(LOAD_CORE, args);
const onCore = (core: string, args: string[]): [string, string[]] =>
  isBound ? ['taskset', ['-c', core, process.execPath, ...args]] : [process.execPath, args];

/** From now on this process, and what it starts without naming a core, leave the server's alone. */
export function keepOffServerCore() {
  const cores = `${LOAD_CORE}-${CORES - 1}`;
  if (isBound) execFileSync('taskset', ['-a', '-c', '-p', cores, String(process.pid)], { stdio: 'ignore' });
}

export interface ServerProcess {
  port: number;
  pid: number;
  kill(): Promise<void>;
}

export interface ServerOptions {
  world: World;
  /** The folder of the world. */
  folder: string;
  databaseUrl: string;
  /** Of the bus to other nodes. */
  redisUrl?: string;
  port: number;
}

export async function startServer(
  { script }: Candidate,
  { world, folder, databaseUrl, redisUrl = '', port }: ServerOptions,
): Promise<ServerProcess> {
  const profile = process.env['BENCH_PROFILE'];
  const profiling = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
  const [program, args] = onCore(SERVER_CORE, [...V8_FLAGS, ...profiling, join(import.meta.dirname, script)]);
  const child = spawn(program, args, {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      // The product's
      REDIS_URL: redisUrl,
      AUTH_SECRET: world.secret,
      LIMITS: 'off',
      LOG_LEVEL: 'warn',
      DEMO: '0',
      // The peers'
      WORLD: folder,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`the server of ${script} ended with ${String(code ?? signal)} instead of starting`);
  });
  gone.catch(() => undefined);
  await Promise.race([once(child.stdout, 'data'), gone]);
  return { port, pid: child.pid ?? 0, kill: () => kill(child, profile ? 'SIGTERM' : 'SIGKILL') };
}

/** Without a chance to write what is not written yet; when profiled, in good order, for the profile's sake. */
async function kill(child: ChildProcess, signal: NodeJS.Signals) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
