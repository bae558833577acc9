/** What several nodes share: a PostgreSQL that holds the world, and a Redis. They run beside the load. */
import { freePort } from '@live-likes/services/freePort';
import { findPostgres, psql, rowsOf, startPostgres } from '@live-likes/services/postgres';
import { findRedis, startRedis } from '@live-likes/services/redis';
import { product } from './candidates.ts';
import type { RunDatabase } from './databases.ts';
import { keepOffServerCore, startServer } from './serverProcess.ts';
import { DAY_MS, POST_BODY, readWorld } from './world.ts';

export interface Services {
  redisUrl: string;
  copyOfWorld(): RunDatabase;
  stop(): Promise<void>;
}

/** What the machine lacks, in words; undefined when it has all of it. */
export function missingServices(): string | undefined {
  return (!findPostgres() && 'PostgreSQL') || (!findRedis() && 'redis-server') || undefined;
}

/** @param folder of the world */
export async function startServices(folder: string): Promise<Services> {
  // What this process starts stays off it, too.
  keepOffServerCore();
  const [postgres, redis] = [await startPostgres(), await startRedis()];
  const stop = async () => void (await Promise.all([postgres.stop(), redis.stop()]));
  try {
    await fillDatabase(postgres.url, folder);
  } catch (error) {
    await stop();
    throw error;
  }
  const urlOf = (name: string) => new URL(name, postgres.url).href;
  let runs = 0;
  return {
    redisUrl: redis.url,
    copyOfWorld() {
      const name = `run_${(runs += 1)}`;
      psql(urlOf('postgres'), `CREATE DATABASE ${name} TEMPLATE ${new URL(postgres.url).pathname.slice(1)};`);
      return {
        url: urlOf(name),
        async crash() {
          for (const service of [postgres, redis]) {
            await service.kill();
            await service.start();
          }
        },
        damage: () => [],
        rows: (query) => rowsOf(urlOf(name), query),
        remove: () => void psql(urlOf('postgres'), `DROP DATABASE ${name} WITH (FORCE);`),
      };
    },
    stop,
  };
}

/** Writes the world of this folder into an empty database. */
export async function fillDatabase(url: string, folder: string) {
  const world = readWorld(folder);
  const server = await startServer(product, { world, folder, databaseUrl: url, port: await freePort() });
  // It has made the tables.
  await server.kill();
  const table = (rows: object[], columns: string) =>
    `json_to_recordset($$${JSON.stringify(rows)}$$) r (${columns})`;
  const people = world.people.map(({ id, sessionToken }, i) => ({ id, i, token: sessionToken }));
  psql(
    url,
    `
    INSERT INTO "user" (id, name, username, email, "emailVerified", "createdAt", "updatedAt")
      SELECT id, 'Person ' || i, 'person' || i, 'person' || i || '@bench.invalid', false, now(), now()
      FROM ${table(people, 'id text, i int')};
    INSERT INTO session (id, token, "userId", "expiresAt", "createdAt", "updatedAt")
      SELECT gen_random_uuid(), token, id, now() + interval '${DAY_MS} ms', now(), now()
      FROM ${table(people, 'id text, token text')};
    INSERT INTO post (id, author_id, body, created_at)
      SELECT id, "authorId", '${POST_BODY}', ${Date.now()} FROM ${table(world.posts, 'id text, "authorId" text')};
    VACUUM ANALYZE;`,
  );
}
