/** The product as a person starts it: a process of its own, on a free port, with a database of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Database } from './database.ts';
import { type SeededLike, seedNotifications } from './seedNotifications.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const START_MS = 30_000;
const STOP_MS = 5_000;

export class Server {
  url = '';
  readonly database: Database;
  readonly #folder: string;
  readonly #file: string;
  readonly #settings: Record<string, string>;
  #child: ChildProcess | undefined;
  #errors = '';

  private constructor(settings: Record<string, string>) {
    this.#settings = settings;
    this.#folder = mkdtempSync(path.join(tmpdir(), 'live-likes-e2e-'));
    this.#file = path.join(this.#folder, 'live.db');
    this.database = new Database(this.#file);
  }

  static async start(settings: Record<string, string> = {}): Promise<Server> {
    if (!existsSync(path.join(ROOT, 'apps/web/dist/index.html'))) {
      throw new Error('The web app is not built: start these tests with `npm run e2e`.');
    }
    const server = new Server(settings);
    await server.#run('0');
    return server;
  }

  /** What it complained about so far. */
  get errors(): string {
    return this.#errors;
  }

  /** Fills an inbox; before the page of its owner is opened. */
  seedNotifications(author: string, likes: readonly SeededLike[]) {
    seedNotifications(this.#file, author, likes);
  }

  /** Ends the process the way a power cut would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Starts it again: the same port, the same database. */
  async restart(): Promise<void> {
    await this.#run(new URL(this.url).port);
  }

  /** Ends the process in an orderly way, and says how that went: 0 is well. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** Leaves nothing behind. */
  async remove(): Promise<void> {
    await this.#end('SIGTERM');
    rmSync(this.#folder, { recursive: true });
  }

  async #run(port: string): Promise<void> {
    const child = spawn(process.execPath, [path.join(ROOT, 'apps/server/src/main.ts')], {
      cwd: this.#folder,
      // Nothing of the caller's environment but what a process needs: settings there must not change the tests.
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        PORT: port,
        DATABASE_URL: `file:${this.#file}`,
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
    this.url = await new Promise<string>((resolve, reject) => {
      const fail = (why: string) => {
        clearTimeout(timer);
        child.kill('SIGKILL');
        reject(new Error(`The server ${why}. It said: ${this.#errors || 'nothing'}`));
      };
      const timer = setTimeout(() => fail(`was not ready after ${START_MS / 1_000} s`), START_MS);
      const ended = () => fail('ended while starting');
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

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
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
