/**
 * Measures what the model of the cost needs to know of one server process: `node bench/scaling/measure.ts`, on Linux, in
 * some three minutes. What it prints belongs into `constants.ts`.
 */
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@live-likes/services/freePort';
import { openSqlite } from '../../apps/server/src/storage/sqlite/open.ts';
import { product } from '../candidates.ts';
import { connect, connectAll } from '../load/client.ts';
import { measure } from '../measure.ts';
import { cpuSeconds, memory } from '../processStatus.ts';
import { startServer } from '../serverProcess.ts';
import { createWorld, databaseOf, readWorld, type WorldPerson } from '../world.ts';
import { print } from './print.ts';
import { some } from './random.ts';

const SOCKETS = 5_000;
/** Three beats of heads, and two of pings. */
const IDLE_SECONDS = 60;
const POSTS = 20;
/** Likes a second: so few that each has a commit of its own, and so many that they share as many commits. */
const CALM = 200;
const BUSY = 3_000;
const SETTLE_MS = 5_000;
const MICROSECONDS = 1e6;

const folder = mkdtempSync(join(tmpdir(), 'live-likes-scaling-'));
try {
  const size = { people: SOCKETS + 200, authors: 200, posts: 1_000 };
  const world = await createWorld(folder, size);

  const server = await startServer(product, {
    world,
    folder,
    databaseUrl: `file:${databaseOf(folder)}`,
    port: await freePort(),
  });
  const people = world.people.slice(0, SOCKETS);
  const cpu = async (during: () => Promise<unknown>) => {
    const before = cpuSeconds(server.pid);
    await during();
    return (cpuSeconds(server.pid) - before) * MICROSECONDS;
  };
  const target = { port: server.port, dialect: product.dialect, saysReady: true };
  const bytes = memory(server.pid);
  const logins = await cpu(() => connectAll(people, (person) => connect(target, person)));
  print('CPU of a login', logins / SOCKETS, 'µs');
  await sleep(SETTLE_MS);
  print('memory of a connection', (memory(server.pid) - bytes) / SOCKETS, 'B');
  const idle = await cpu(() => sleep(IDLE_SECONDS * 1_000));
  print('CPU of an idle connection', idle / SOCKETS / IDLE_SECONDS, 'µs a second');
  const author = people[0] as WorldPerson;
  const broadcast = await cpu(async () => {
    for (let i = 0; i < POSTS; i += 1) await post(server.port, author);
    await sleep(SETTLE_MS);
  });
  const idleMeanwhile = (idle / IDLE_SECONDS) * (SETTLE_MS / 1_000);
  print('CPU of a frame to everybody', (broadcast - idleMeanwhile) / (POSTS * SOCKETS), 'µs');
  await server.kill();

  const calm = await hotPost({ rate: CALM, sockets: 100 });
  const busy = await hotPost({ rate: BUSY, sockets: 100 });
  const watched = await hotPost({ rate: CALM, sockets: SOCKETS });
  const like = (busy.load - calm.load) / (BUSY - CALM);
  print('CPU of a like in a batch', like * MICROSECONDS, 'µs');
  print('CPU of a commit', (calm.load / CALM - like) * MICROSECONDS, 'µs');
  const frame = (watched.load - calm.load) / (watched.frames - calm.frames);
  print('CPU of a frame of counts', frame * MICROSECONDS, 'µs');
  print('bytes on disk of a like', await bytesOfLike(), 'B');
} finally {
  rmSync(folder, { recursive: true });
}

async function post(port: number, { cookie }: WorldPerson) {
  const response = await fetch(`http://127.0.0.1:${port}/api/posts`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ body: 'What a person writes in a minute, and others like.' }),
  });
  if (!response.ok) throw new Error(await response.text());
  await response.body?.cancel();
}

/** Of the server's core, and frames of counts a second. */
async function hotPost({ rate, sockets }: { rate: number; sockets: number }) {
  const { figures } = await measure(product, { scenario: 'hotPost', rate, seconds: 10, sockets }, folder);
  const { serverLoad = 0, framesPerLikeAndWatcher = 0 } = figures;
  return { load: serverLoad, frames: framesPerLikeAndWatcher * rate * sockets };
}

/** Of random people and posts, each with the number of an operation, as the web app sends them. */
async function bytesOfLike() {
  const LIKES = 100_000;
  const BATCH = 1_000;
  const path = join(folder, 'likes.db');
  copyFileSync(databaseOf(folder), path);
  const { people, posts } = readWorld(folder);
  const before = statSync(path).size;
  const { store, close } = await openSqlite(path);
  for (let i = 0; i < LIKES; i += BATCH) {
    await store.applyLikes(
      Array.from({ length: BATCH }, (_, n) => ({
        userId: some(people).id,
        postId: some(posts).id,
        liked: true,
        op: { client: crypto.randomUUID(), n: i + n },
      })),
    );
  }
  // What is in the log is in the file after a stop.
  close();
  return (statSync(path).size - before) / LIKES;
}
