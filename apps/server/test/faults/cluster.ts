import { randomBytes } from 'node:crypto';
import { freePort } from '@live-likes/services/freePort';
import { startNginx } from '@live-likes/services/nginx';
import { type OwnPostgres, startPostgres } from '@live-likes/services/postgres';
import { type OwnRedis, startRedis } from '@live-likes/services/redis';
import { createProduction, type Production } from './production.ts';
import { readStoredAt } from './stored.ts';
import type { Place } from './world.ts';

const NODES = 3;

/** Several servers behind nginx, on one PostgreSQL and one Redis, as `npm run cluster` has them. */
export interface Cluster extends Place {
  nodes: Production[];
  postgres: OwnPostgres;
  redis: OwnRedis;
}

/** Starts all of it. */
export async function startCluster(): Promise<Cluster> {
  const [postgres, redis, port] = await Promise.all([startPostgres(), startRedis(), freePort()]);
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    LIMITS: 'off',
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    PUBLIC_URL: url,
    TRUST_PROXY: '1',
  };
  const named = Array.from({ length: NODES }, (_, i) => `node${i + 1}`);
  const nodes = await Promise.all(named.map((NODE_ID) => createProduction({ ...settings, NODE_ID })));
  await Promise.all(nodes.map((node) => node.start()));
  const nginx = await startNginx(
    nodes.map((node, i) => ({ id: named[i] as string, address: `127.0.0.1:${node.port}` })),
    { port },
  );
  return {
    url,
    port,
    nodes,
    postgres,
    redis,
    stored: () => readStoredAt(postgres.url),
    errors: () => nodes.map((node) => node.errors()).join(''),
    async remove() {
      await nginx.stop();
      await Promise.all(nodes.map((node) => node.remove()));
      await Promise.all([postgres.stop(), redis.stop()]);
    },
  };
}
