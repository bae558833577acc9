import { readFileSync } from 'node:fs';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Handler } from 'express';
import { createApp } from './app.ts';
import { keptSecret } from './auth/secret.ts';
import { openRedisBus } from './bus/redis/open.ts';
import { DemoError } from './demo/demo.ts';
import { type Config, ConfigError, readConfig, type StorageConfig } from './config.ts';
import { createHttpServer } from './http/connections.ts';
import { webRoutes } from './http/web.ts';
import { createLog, type Logger } from './log.ts';
import { withoutSecrets } from './serviceUrls.ts';
import type { OpenedStorage } from './storage/opened.ts';
import { openPostgres } from './storage/postgres/open.ts';
import { openSqlite } from './storage/sqlite/open.ts';

const ROOT = join(import.meta.dirname, '../../..');
const VITE_URL = 'http://localhost:5173';
const STOP_WITHIN_MS = 15_000;
/** Connections that wait to be accepted. After a crash all come back at once, and who finds no room waits for seconds. */
const BACKLOG = 4_096;
const dev = process.argv.includes('--dev');

async function main() {
  const config = readConfig(process.env, dev);
  const log = createLog(config.logLevel);
  const { httpServer, connections } = createHttpServer(answerStarting);
  const port = await listen(httpServer, config);
  const { storage, authSecret } = await openStorage(config.storage, log);
  const { redisUrl } = config;
  // Those on one database are nodes of one installation.
  const bus = redisUrl ? await openRedisBus({ url: redisUrl, name: storage.installation, log }) : null;
  const app = await createApp({
    bus,
    httpServer,
    connections,
    store: storage.store,
    accounts: storage.accounts,
    authSecret,
    publicUrl: config.publicUrl(port),
    allowedOrigins: config.allowedOrigins(port),
    adminUsers: config.adminUsers,
    trustProxy: config.trustProxy,
    rates: config.rates,
    nodeId: config.nodeId,
    metricsToken: config.metricsToken,
    demo: config.demo,
    version: (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version,
    web: dev ? toVite : webRoutes(join(ROOT, 'apps/web/dist')),
    log,
    vapid: config.vapid,
  });

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    await app.close();
    await bus?.close();
    await storage.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
  process.stdout.write(`Live Likes is ready at ${config.publicUrl(port)}\n`);
}

/** In development the pages are Vite's. */
const toVite: Handler = (req, res) => res.redirect(VITE_URL + req.originalUrl);

function answerStarting(_req: unknown, res: ServerResponse) {
  res.writeHead(503, { 'Content-Type': 'application/json', 'Retry-After': '1' }).end('{"status":"starting"}');
}

/** Resolves with the port, once it is ours. */
function listen(server: Server, { port, host }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? `PORT ${port} is already in use: stop the other program or set PORT to a free one.`
          : `HOST ${host} with PORT ${port} cannot be listened on (${error.code}).`;
      reject(new ConfigError(reason));
    });
    server.listen({ port, host, backlog: BACKLOG }, () => resolve((server.address() as AddressInfo).port));
  });
}

async function openStorage(
  config: StorageConfig,
  log: Logger,
): Promise<{ storage: OpenedStorage; authSecret: string }> {
  try {
    if (config.type === 'postgres')
      return { storage: await openPostgres(config.url, log), authSecret: config.authSecret };
    const storage = await openSqlite(config.path);
    return { storage, authSecret: config.authSecret ?? keptSecret(`${config.path}.secret`) };
  } catch (error) {
    const reason = reasonOf(error);
    throw new ConfigError(
      config.type === 'postgres'
        ? `DATABASE_URL: the database ${withoutSecrets(config.url)} cannot be reached or used (${reason}).`
        : `DATABASE_URL: the database file ${config.path} cannot be opened or written (${reason}).`,
    );
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Of a host with several addresses each has failed, for a reason of its own.
  return error instanceof AggregateError ? error.errors.map(reasonOf).join(', ') : error.message;
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError || error instanceof DemoError) process.stderr.write(`${error.message}\n`);
  else console.error(error);
  process.exit(1);
});
