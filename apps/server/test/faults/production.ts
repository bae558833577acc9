import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@live-likes/services/freePort';
import { V8_FLAGS } from '@live-likes/services/v8Flags';
import { readStored, type Stored } from './stored.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');
const MOVED_CLOCK = new URL('movedClock.ts', import.meta.url).href;

/** Makes a start take two thirds of the time; a server that ends in good order fills it. */
const COMPILE_CACHE = join(tmpdir(), 'live-likes-compile-cache');

interface Exit {
  code: number | null;
  ms: number;
}

/** The server as it runs in production: a process of its own, with a database that outlives it. */
export interface Production {
  port: number;
  url: string;
  database: string;
  /** What it says, read past the server. */
  stored(): Stored;
  pid: number | undefined;
  /** Starts it, at the same port and on the same database as before. */
  start(): Promise<void>;
  /** kill -9 */
  kill(): Promise<void>;
  /** SIGTERM */
  terminate(): Promise<Exit>;
  suspend(): void;
  resume(): void;
  /** From now on no file of the process can grow, as on a full disk; until `leaveRoom`. */
  takeRoom(): void;
  leaveRoom(): void;
  /** Moves the clock of the running process away from the real one. */
  moveClock(byMs: number): Promise<void>;
  /** Keeps a copy of the database file; the server must not be running. */
  copyDatabase(): void;
  putCopyBack(): void;
  /** Resident bytes of the process. */
  memory(): number;
  /** Everything that it ever wrote to the error output. */
  errors(): string;
  remove(): Promise<void>;
}

/** @param settings of its environment, besides what every test's has */
export async function createProduction(settings: Record<string, string>): Promise<Production> {
  const directory = mkdtempSync(join(tmpdir(), 'live-likes-faults-'));
  const database = join(directory, 'live.db');
  const clock = join(directory, 'clock');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let errors = '';
  let child: ChildProcess | undefined;

  async function end(signal: NodeJS.Signals): Promise<Exit> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return { code: null, ms: 0 };
    const began = performance.now();
    const exited = once(child, 'exit');
    child.kill(signal);
    const [code] = (await exited) as [number | null];
    return { code, ms: performance.now() - began };
  }

  function limitFileSize(limit: string) {
    execFileSync('prlimit', ['--pid', String(child?.pid), `--fsize=${limit}`]);
  }

  return {
    port,
    url,
    database,
    stored: () => readStored(database),
    get pid() {
      return child?.pid;
    },
    memory() {
      const status = readFileSync(`/proc/${child?.pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024;
    },
    errors: () => errors,
    async start() {
      const started = spawn(process.execPath, [...V8_FLAGS, '--import', MOVED_CLOCK, MAIN], {
        cwd: directory,
        env: {
          PORT: String(port),
          DATABASE_URL: `file:${database}`,
          LOG_LEVEL: 'silent',
          DEMO: '0',
          CLOCK_FILE: clock,
          NODE_COMPILE_CACHE: COMPILE_CACHE,
          ...settings,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      started.stderr.on('data', (data) => (errors += data));
      const ready = once(started.stdout, 'data');
      const gone = once(started, 'exit').then(([code, signal]) => {
        throw new Error(`the server ended with ${code ?? signal} instead of starting: ${errors}`);
      });
      gone.catch(() => undefined);
      await Promise.race([ready, gone]);
    },
    async kill() {
      await end('SIGKILL');
    },
    terminate: () => end('SIGTERM'),
    suspend: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    takeRoom: () => limitFileSize('1:unlimited'),
    leaveRoom: () => limitFileSize('unlimited'),
    async moveClock(byMs) {
      writeFileSync(clock, String(byMs));
      const moved = child?.stdout && once(child.stdout, 'data');
      child?.kill('SIGUSR2');
      await moved;
    },
    copyDatabase: () => copyFileSync(database, `${database}.copy`),
    putCopyBack() {
      for (const left of ['-wal', '-shm']) rmSync(database + left, { force: true });
      copyFileSync(`${database}.copy`, database);
    },
    async remove() {
      await end('SIGKILL');
      rmSync(directory, { recursive: true });
    },
  };
}
