/** The product as people find it, with a database of its own: one process, or several nodes behind a balancer. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@live-likes/services/freePort';
import { Database } from './database.ts';
import { type DatabaseAccess, sqliteAccess } from './databaseAccess.ts';
import { type SeededLike, seedNotifications } from './seedNotifications.ts';
import { ServerProcess } from './serverProcess.ts';

const BUILT = path.resolve(import.meta.dirname, '../apps/web/dist/index.html');

/** Where the processes run, and what stands around them. */
export interface Site {
  nodes: { process: ServerProcess; port: string }[];
  access: DatabaseAccess;
  /** What people go through; undefined: to the one process. */
  balancer?: { url: string; untilNodesAreFound(): Promise<void> };
  remove(): Promise<void>;
}

export class Server {
  url = '';
  readonly database: Database;
  readonly #site: Site;

  private constructor(site: Site) {
    this.#site = site;
    this.database = new Database(site.access);
  }

  /** @param settings of its environment, besides what every test's has */
  static async start(settings: Record<string, string> = {}, site?: Site): Promise<Server> {
    if (!existsSync(BUILT))
      throw new Error('The web app is not built: start these tests with `npm run e2e`.');
    const server = new Server(site ?? (await oneProcess(settings)));
    await server.restart();
    return server;
  }

  /** What it complained about so far. */
  get errors(): string {
    return this.#site.nodes.map(({ process: { errors } }) => errors).join('');
  }

  /** Fills an inbox; before the page of its owner is opened. */
  seedNotifications(author: string, likes: readonly SeededLike[]) {
    seedNotifications(this.#site.access, author, likes);
  }

  /** Ends it the way a power cut would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Starts it again: the same port, the same database. */
  async restart(): Promise<void> {
    const [url = ''] = await Promise.all(this.#site.nodes.map((node) => node.process.start(node.port)));
    await this.#site.balancer?.untilNodesAreFound();
    this.url = this.#site.balancer?.url ?? url;
  }

  /** Ends it in an orderly way, and says how that went: 0 is well. */
  async stop(): Promise<number | null> {
    const codes = await this.#end('SIGTERM');
    return codes.find((code) => code !== 0) ?? 0;
  }

  /** Leaves nothing behind. */
  async remove(): Promise<void> {
    await this.#end('SIGTERM');
    await this.#site.remove();
  }

  #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<(number | null)[]> {
    return Promise.all(this.#site.nodes.map((node) => node.process.end(signal)));
  }
}

/** The embedded form: a process and a file. */
async function oneProcess(settings: Record<string, string>): Promise<Site> {
  const folder = mkdtempSync(path.join(tmpdir(), 'live-likes-e2e-'));
  const file = path.join(folder, 'live.db');
  const process = new ServerProcess(folder, { DATABASE_URL: `file:${file}`, ...settings });
  return {
    nodes: [{ process, port: String(await freePort()) }],
    access: sqliteAccess(file),
    remove: async () => rmSync(folder, { recursive: true }),
  };
}
