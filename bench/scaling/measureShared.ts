/**
 * Measures what the model of the cost needs to know of what several nodes share: the bus with Redis, and PostgreSQL.
 * `node bench/scaling/measureShared.ts`, on Linux, in some two minutes. What it prints belongs into `constants.ts`.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OwnPostgres, psql, startPostgres } from '@live-likes/services/postgres';
import { type OwnRedis, startRedis } from '@live-likes/services/redis';
import type { Bus } from '../../apps/server/src/bus/bus.ts';
import { openRedisBus } from '../../apps/server/src/bus/redis/open.ts';
import { createLog } from '../../apps/server/src/log.ts';
import { openPostgres } from '../../apps/server/src/storage/postgres/open.ts';
import type { LikeRequest, Store } from '../../apps/server/src/storage/store.ts';
import { cpuSeconds, cpuSecondsOfAll } from '../processStatus.ts';
import { fillDatabase } from '../services.ts';
import { median } from '../statistics.ts';
import { createWorld, type World } from '../world.ts';
import { print } from './print.ts';
import { some } from './random.ts';

const USERS = 1_000;
const WARM_UP = 10_000;
const MESSAGES = 50_000;
/** As many are under way at once. */
const SLICE = 500;
/** A note that was lost is never heard. */
const PATIENCE_MS = 20_000;
const FEW = 1;
const MANY = 4;
const COUNTS = 140;
const WORLD = { people: 10_000, authors: 10_000, posts: 20_000 };
/** A multiple of all batches of all writers. */
const LIKES = 20_480;
const BATCHES = [1, 4, 16, 64, 256];
/** Nodes that write at once. */
const WRITERS = 4;
const MICROSECONDS = 1e6;

const log = createLog('warn');

const redis = await startRedis();
try {
  await measureBus(redis);
} finally {
  await redis.stop();
}
const postgres = await startPostgres();
const folder = mkdtempSync(join(tmpdir(), 'live-likes-scaling-'));
try {
  const world = await createWorld(folder, WORLD);
  await fillDatabase(postgres.url, folder);
  await measureDatabase(postgres, world);
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true });
}

async function measureBus(server: OwnRedis) {
  const tellUser = (bus: Bus, i: number) => bus.tellUser(`user${i % USERS}`, { kind: 'inbox', from: i });
  const few = await busCosts(server, FEW, tellUser);
  const many = await busCosts(server, MANY, tellUser);
  print('CPU of a message to the bus', few.tell, 'µs');
  print('CPU of a message from the bus', few.hear, 'µs');
  const deliver = (many.redis - few.redis) / (MANY - FEW);
  print('Redis, a message published', few.redis - FEW * deliver, 'µs');
  print('Redis, a message delivered to a node', deliver, 'µs');
  const counts = Array.from({ length: COUNTS }, (_, i) => ({
    postId: crypto.randomUUID(),
    likeCount: i,
    rev: i,
  }));
  const one = await busCosts(server, FEW, (bus) =>
    bus.tellAll({ kind: 'counts', counts: counts.slice(0, 1) }),
  );
  const all = await busCosts(server, FEW, (bus) => bus.tellAll({ kind: 'counts', counts }));
  print('CPU of a count from the bus', (all.hear - one.hear) / (COUNTS - 1), 'µs');
}

/** CPU of each message, in µs: of who tells it, of one who hears it, and of Redis. */
async function busCosts(server: OwnRedis, hearers: number, tell: (bus: Bus, i: number) => void) {
  const name = crypto.randomUUID();
  const children = Array.from({ length: hearers }, () =>
    fork(join(import.meta.dirname, 'hearer.ts'), [server.url, name, String(USERS)]),
  );
  const said = () =>
    Promise.all(
      children.map((child) => once(child, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) })),
    );
  const bus = await openRedisBus({ url: server.url, name, log });
  const tellAll = async (from: number, to: number) => {
    for (let told = from; told < to; told += SLICE) {
      for (let i = told; i < told + SLICE; i += 1) tell(bus, i);
      const heard = said();
      for (const child of children) child.send(told + SLICE);
      await heard;
    }
  };
  try {
    await said();
    await tellAll(0, WARM_UP);
    const pids = [process.pid, (children[0] as ChildProcess).pid ?? 0, server.pid()];
    const before = pids.map(cpuSeconds);
    await tellAll(WARM_UP, WARM_UP + MESSAGES);
    const [own = 0, hearer = 0, ofRedis = 0] = pids.map(
      (pid, i) => ((cpuSeconds(pid) - (before[i] ?? 0)) * MICROSECONDS) / MESSAGES,
    );
    return { tell: own, hear: hearer, redis: ofRedis };
  } finally {
    for (const child of children) child.kill();
    await bus.close();
  }
}

async function measureDatabase(server: OwnPostgres, world: World) {
  const { store, close } = await openPostgres(server.url, log);
  const size = () => Number(psql(server.url, 'SELECT pg_database_size(current_database());'));
  const bytes = size();
  let likes = 0;
  for (const batch of BATCHES) {
    const before = cpuSecondsOfAll(server.pid());
    await Promise.all(
      Array.from({ length: WRITERS }, () => likeInBatches(store, world, LIKES / WRITERS, batch)),
    );
    likes += LIKES;
    const used = cpuSecondsOfAll(server.pid()) - before;
    print(`PostgreSQL, a like in a batch of ${batch}`, (used * MICROSECONDS) / LIKES, 'µs');
  }
  // What changed rows were before is not there for good.
  psql(server.url, 'VACUUM FULL;');
  print('bytes on disk of a like', (size() - bytes) / likes, 'B');
  const alone = await likeInBatches(store, world, 1_000, 1);
  print('a like alone until it is on disk', median(alone), 'ms');
  await close();
}

/** Of random people and posts; what the store could not do at once comes again. Milliseconds of each batch. */
async function likeInBatches({ applyLikes }: Store, { people, posts }: World, likes: number, batch: number) {
  const times: number[] = [];
  let again: LikeRequest[] = [];
  for (let done = 0; done < likes; done += batch - again.length) {
    const requests = [...again];
    while (requests.length < batch) {
      const op = { client: crypto.randomUUID(), n: 1 };
      requests.push({ userId: some(people).id, postId: some(posts).id, liked: true, op });
    }
    const start = performance.now();
    const { outcomes } = await applyLikes(requests);
    times.push(performance.now() - start);
    again = requests.filter((_, i) => outcomes[i]?.isBusy);
  }
  return times;
}
