/** PostgreSQL and Redis for several nodes: those that there are on this machine, or else private ones. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { findExecutable } from '../../packages/services/src/executable.ts';
import { findPostgres, startPostgres } from '../../packages/services/src/postgres.ts';
import { findRedis, startRedis } from '../../packages/services/src/redis.ts';
import { isTaken } from './ports.ts';
import { stopLast } from './processes.ts';

const run = promisify(execFile);
const HOST = '127.0.0.1';
const POSTGRES_PORT = 5432;
const OLDEST_POSTGRES = 150_000;
const REDIS_PORT = 6379;
const OLDEST_REDIS = 7;
const ANSWERS_WITHIN_MS = 2_000;
/** Of this command alone: a `live_likes` that is there may be somebody's real one, and demo users have a known password. */
const DATABASE = 'live_likes_cluster';

export interface Service {
  url: string;
  /** Whose it is, for a person. */
  origin: string;
}

/** Undefined when there is none and none can be started. */
export async function findDatabase(given: string | undefined): Promise<Service | undefined> {
  if (given) return { url: given, origin: 'DATABASE_URL' };
  const local = await localDatabase();
  if (local) return { url: local, origin: `the local one, database ${DATABASE}` };
  if (!findPostgres()) return undefined;
  const own = await startPostgres();
  stopLast(own.stop);
  return { url: own.url, origin: 'a private one, gone with this command' };
}

/** A server at the usual port that lets us in without a password, with a database of our own in it. */
async function localDatabase(): Promise<string | undefined> {
  const [psql, createdb] = ['psql', 'createdb'].map(findExecutable);
  if (!psql || !createdb || !(await isTaken(HOST, POSTGRES_PORT))) return undefined;
  const user = process.env['PGUSER'] ?? userInfo().username;
  const urlOf = (name: string) => `postgres://${encodeURIComponent(user)}@${HOST}:${POSTGRES_PORT}/${name}`;
  const env = { ...process.env, PGCONNECT_TIMEOUT: String(ANSWERS_WITHIN_MS / 1_000) };
  const call = (program: string, args: string[]) =>
    run(program, ['--no-password', ...args], { env, timeout: 3 * ANSWERS_WITHIN_MS });
  const version = async (name: string) => {
    const { stdout } = await call(psql, ['-XtAc', 'SHOW server_version_num', urlOf(name)]);
    return Number(stdout);
  };
  try {
    const found = await version(DATABASE).catch(() => null);
    if (found === null) {
      if ((await version('postgres')) < OLDEST_POSTGRES) return undefined;
      await call(createdb, ['--maintenance-db', urlOf('postgres'), DATABASE]);
    } else if (found < OLDEST_POSTGRES) return undefined;
    return urlOf(DATABASE);
  } catch {
    return undefined;
  }
}

/** Undefined when there is none and none can be started. */
export async function findBus(given: string | undefined): Promise<Service | undefined> {
  if (given) return { url: given, origin: 'REDIS_URL' };
  if (await isUsableRedis()) return { url: `redis://${HOST}:${REDIS_PORT}`, origin: 'the local one' };
  if (!findRedis()) return undefined;
  const own = await startRedis();
  stopLast(own.stop);
  return { url: own.url, origin: 'a private one, gone with this command' };
}

/** At the usual port, without a password, and new enough. */
async function isUsableRedis(): Promise<boolean> {
  const socket = connect({ host: HOST, port: REDIS_PORT });
  const timer = setTimeout(() => socket.destroy(), ANSWERS_WITHIN_MS);
  try {
    socket.write('INFO server\r\n');
    const [answer] = (await Promise.race([once(socket, 'data'), once(socket, 'close').then(() => [''])])) as [
      Buffer | string,
    ];
    const [, major = '0'] = /redis_version:(\d+)/.exec(answer.toString()) ?? [];
    return Number(major) >= OLDEST_REDIS;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}
