/** A server process, as a person or an operator starts it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { V8_FLAGS } from '@live-likes/services/v8Flags';

const ROOT = path.resolve(import.meta.dirname, '..');
const START_MS = 30_000;
const STOP_MS = 5_000;

export class ServerProcess {
  readonly #folder: string;
  readonly #settings: Record<string, string>;
  #child: ChildProcess | undefined;
  #errors = '';

  /** @param settings of its environment, which has nothing else but what a process needs. */
  constructor(folder: string, settings: Record<string, string>) {
    this.#folder = folder;
    this.#settings = settings;
  }

  /** What it complained about so far. */
  get errors(): string {
    return this.#errors;
  }

  /** Resolves with its address, once it is ready. */
  async start(port: string): Promise<string> {
    const child = spawn(process.execPath, [...V8_FLAGS, path.join(ROOT, 'apps/server/src/main.ts')], {
      cwd: this.#folder,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        PORT: port,
        DEMO: '1',
        LOG_LEVEL: 'warn',
        // A start takes two thirds of the time.
        NODE_COMPILE_CACHE: path.join(tmpdir(), 'live-likes-compile-cache'),
        ...this.#settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#errors += text));
    return new Promise<string>((resolve, reject) => {
      const fail = (why: string) => {
        clearTimeout(timer);
        child.kill('SIGKILL');
        reject(new Error(`The server ${why}. It said: ${this.#errors || 'nothing'}`));
      };
      const timer = setTimeout(() => fail(`was not ready after ${START_MS / 1_000} s`), START_MS);
      const ended = (code: number | null, signal: NodeJS.Signals | null) =>
        fail(`ended while starting (${signal ?? `exit code ${code}`})`);
      child.once('exit', ended);
      createInterface({ input: child.stdout }).on('line', (line) => {
        const url = /^Live Likes is ready at (\S+)$/.exec(line)?.[1];
        if (url === undefined) {
          this.#errors += `${line}\n`;
          return;
        }
        clearTimeout(timer);
        child.off('exit', ended);
        resolve(url);
      });
    });
  }

  /** Resolves with its exit code, once it has ended. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const insist = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    const code = await exit;
    clearTimeout(insist);
    return code;
  }
}
