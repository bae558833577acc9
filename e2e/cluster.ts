/** Several nodes behind nginx, with PostgreSQL and Redis: the whole suite runs against them, too. */
import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@live-likes/services/freePort';
import { startNginx } from '@live-likes/services/nginx';
import { type OwnPostgres, startPostgres } from '@live-likes/services/postgres';
import { type OwnRedis, startRedis } from '@live-likes/services/redis';
import { postgresAccess } from './databaseAccess.ts';
import type { Site } from './server.ts';
import { ServerProcess } from './serverProcess.ts';

/** How many nodes each test has; 0: the embedded form. */
const NODES = Number(process.env['E2E_NODES'] ?? 0);
/** Whether WebSockets are cut on the way, as some networks do. */
const IS_POLLING = process.env['E2E_POLLING'] === '1';
/** `test.skip(...NEEDS_WEBSOCKETS)` */
export const NEEDS_WEBSOCKETS = [IS_POLLING, 'It takes the frames of a WebSocket in hand.'] as const;

const FOUND_WITHIN_MS = 10_000;

/** What all tests of one worker share. Each has a database of its own in it. */
export class Services {
  readonly #postgres: OwnPostgres;
  readonly #redis: OwnRedis;

  private constructor(postgres: OwnPostgres, redis: OwnRedis) {
    this.#postgres = postgres;
    this.#redis = redis;
  }

  /** Undefined where the embedded form is tested. */
  static async startIfNeeded(): Promise<Services | undefined> {
    if (NODES === 0) return undefined;
    const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    return new Services(postgres, redis);
  }

  /** Nodes that are not started yet, behind an nginx that is. */
  async site(settings: Record<string, string>): Promise<Site> {
    const databaseUrl = await this.#postgres.createDatabase(`e2e_${randomUUID().replaceAll('-', '')}`);
    const port = await freePort();
    const shared = {
      DATABASE_URL: databaseUrl,
      REDIS_URL: this.#redis.url,
      AUTH_SECRET: randomBytes(32).toString('base64url'),
      PUBLIC_URL: `http://localhost:${port}`,
      TRUST_PROXY: '1',
      ...settings,
    };
    const nodes = [];
    for (let i = 1; i <= NODES; i += 1) {
      const id = `node${i}`;
      const process = new ServerProcess(tmpdir(), { ...shared, NODE_ID: id });
      nodes.push({ id, process, port: String(await freePort()) });
    }
    const nginx = await startNginx(
      nodes.map((node) => ({ id: node.id, address: `127.0.0.1:${node.port}` })),
      { port, refusesUpgrades: IS_POLLING },
    );
    return {
      nodes,
      access: postgresAccess(databaseUrl),
      balancer: {
        url: shared.PUBLIC_URL,
        untilNodesAreFound: () => untilAnswers(`${shared.PUBLIC_URL}/readyz`),
      },
      remove: () => nginx.stop(),
    };
  }

  async stop() {
    await Promise.all([this.#postgres.stop(), this.#redis.stop()]);
  }
}

/** It looks for nodes that were away every two seconds. */
async function untilAnswers(url: string) {
  const end = Date.now() + FOUND_WITHIN_MS;
  while (
    !(await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (Date.now() > end) throw new Error(`Nobody answered at ${url}.`);
    await sleep(50);
  }
}
