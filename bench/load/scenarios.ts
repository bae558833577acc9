/** What the load does in each scenario. Times in ms, rates by the second, sizes in bytes. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InboxDelta, LikeState } from '@live-likes/contract';
import { cpuSeconds, memory } from '../processStatus.ts';
import { quantile } from '../statistics.ts';
import type { World, WorldPerson, WorldPost } from '../world.ts';
import { countMessages } from './bus.ts';
import { connect, connectAll, type Target } from './client.ts';
import type { Journal } from './journal.ts';
import { type Liker, openLiker } from './liker.ts';
import { openLoop, until } from './pace.ts';
import type { LoadSpec } from './spec.ts';
import type { Watched, WatchEnd, WatchSpec } from './watchers.ts';
import { endlessWishes, newLikes, type Wish } from './wishes.ts';

const LIKERS = 200;
const SETTLE_MS = 3_000;
const REST_WITHIN_MS = 60_000;
/** When nobody was told anything for so long, everybody has been told: pushes to one author are never so far apart. */
const QUIET_MS = 1_500;

interface Run {
  spec: LoadSpec;
  world: World;
  journal: Journal;
  wrong: string[];
  /** Has the server killed and started again; resolves when it is ready. */
  restart(): Promise<void>;
}

type Figures = Record<string, number>;

export const scenarios: Record<LoadSpec['scenario'], (run: Run) => Promise<Figures>> = {
  likes,
  latency,
  idle,
  hotPost,
  restart,
};

const likersOf = ({ people }: World) => people.slice(0, LIKERS);

/** Everybody has `window` likes under way, always. */
async function likes({ spec, world, journal, wrong }: Run): Promise<Figures> {
  const { target, window, seconds, warmUpSeconds, serverPid } = spec;
  const wishes = endlessWishes(world);
  const likers = await connectAll(likersOf(world), (person) => openLiker(target, journal, person));
  let running = true;
  const again = (liker: Liker) => {
    if (running) liker.wish(wishes(liker.person), () => again(liker));
  };
  for (const liker of likers) {
    for (let i = 0; i < window; i += 1) again(liker);
    liker.flush();
  }
  await sleep(warmUpSeconds * 1_000);
  const before = { at: performance.now(), answered: journal.answered, cpu: cpuSeconds(serverPid) };
  const own = process.cpuUsage();
  await sleep(seconds * 1_000);
  const took = (performance.now() - before.at) / 1_000;
  const answered = journal.answered - before.answered;
  const cpu = cpuSeconds(serverPid) - before.cpu;
  const { user, system } = process.cpuUsage(own);
  running = false;
  await rest(journal, wrong);
  return {
    likesPerSecond: answered / took,
    cpuPerThousand: (cpu * 1_000) / answered,
    serverLoad: cpu / took,
    ownLoad: (user + system) / 1e6 / took,
  };
}

/** Likes at a steady rate; from the moment when each was due to the moment when its author hears of it. */
async function latency({ spec, world, journal, wrong }: Run): Promise<Figures> {
  const { targets, rate, seconds, warmUpSeconds, sockets, redisUrl } = spec;
  const waiting = new Map<string, number[]>();
  const told = new Map<string, number>();
  const latencies: number[] = [];
  let heard = 0;
  let pushes = 0;
  let measuredFrom = 0;
  const tell = (postId: string, count: number) => {
    const now = performance.now();
    const dues = waiting.get(postId) ?? [];
    for (let i = told.get(postId) ?? 0; i < count; i += 1) {
      heard += 1;
      const dueAt = dues[i] ?? Number.NaN;
      if (dueAt >= measuredFrom) latencies.push(now - dueAt);
    }
    told.set(postId, Math.max(count, told.get(postId) ?? 0));
  };
  const hear = (name: string, json: string) => {
    if (name === 'liked') {
      const { postId } = JSON.parse(json) as { postId: string };
      tell(postId, (told.get(postId) ?? 0) + 1);
    } else if (name === 'inbox:changed') {
      pushes += 1;
      for (const { post, count } of (JSON.parse(json) as InboxDelta).items) if (post) tell(post.id, count);
    }
  };
  const nodeOf = new Map(world.people.map(({ id }, i) => [id, i % targets.length]));
  const targetOf = ({ id }: WorldPerson) => targets[nodeOf.get(id) ?? 0] as Target;
  await idleSockets(targetOf, world.people.slice(LIKERS, LIKERS + sockets));
  const likers = await connectAll(likersOf(world), (person) =>
    openLiker(targetOf(person), journal, person, hear),
  );
  // Of several nodes, each likes what is written at another one.
  const wishesAt = targets.map((_, node) => {
    const elsewhere = world.posts.filter(
      ({ authorId }) => targets.length === 1 || nodeOf.get(authorId) !== node,
    );
    return newLikes({ ...world, posts: elsewhere });
  });
  const wishes = (person: WorldPerson) => wishesAt[nodeOf.get(person.id) ?? 0]?.(person) as Wish;
  const bus = redisUrl === null ? null : await countMessages(redisUrl);
  let next = 0;
  measuredFrom = performance.now() + warmUpSeconds * 1_000;
  await openLoop({ rate, seconds: seconds + warmUpSeconds }, (dueAt) => {
    const liker = likers[next % likers.length] as Liker;
    next += 1;
    const wish = wishes(liker.person);
    const dues = waiting.get(wish.postId) ?? [];
    waiting.set(wish.postId, dues);
    dues.push(dueAt);
    liker.wish(wish);
    liker.flush();
  });
  await rest(journal, wrong);
  const missing = journal.sent - heard;
  if (missing !== 0) wrong.push(`authors were not told of ${missing} likes`);
  return {
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    ...(bus && { messagesPerPush: (await bus.messages()) / pushes }),
  };
}

/** Logged in, and silent. */
async function idle({ spec, world }: Run): Promise<Figures> {
  const before = memory(spec.serverPid);
  await idleSockets(() => spec.target, world.people.slice(0, spec.sockets));
  await sleep(SETTLE_MS);
  return { bytesPerSocket: (memory(spec.serverPid) - before) / spec.sockets };
}

function idleSockets(targetOf: (person: WorldPerson) => Target, people: readonly WorldPerson[]) {
  return connectAll(people, (person) => connect(targetOf(person), person));
}

/** All like one post, which very many look at. */
async function hotPost({ spec, world, journal, wrong }: Run): Promise<Figures> {
  const { target, rate, seconds, warmUpSeconds, sockets, serverPid } = spec;
  const hot = world.posts[0] as WorldPost;
  const answeredAt: Record<number, number> = {};
  const answerTimes: number[] = [];
  const pushes: number[] = [];
  const watchers = await startWatchers({ ...spec, first: LIKERS, postId: hot.id });
  const likers = await connectAll(likersOf(world), (person) =>
    openLiker(target, journal, person, (name) => {
      if (name === 'inbox:changed' && person.id === hot.authorId) pushes.push(performance.now());
    }),
  );
  const others = likers.filter(({ person }) => person.id !== hot.authorId);
  await sleep(SETTLE_MS);

  const likedBy = new Set<Liker>();
  let cpu = 0;
  const measuredFrom = performance.now() + warmUpSeconds * 1_000;
  setTimeout(() => (cpu = cpuSeconds(serverPid)), warmUpSeconds * 1_000);
  let next = 0;
  await openLoop({ rate, seconds: seconds + warmUpSeconds }, (dueAt) => {
    const liker = others[next % others.length] as Liker;
    next += 1;
    if (!likedBy.delete(liker)) likedBy.add(liker);
    liker.wish({ postId: hot.id, liked: likedBy.has(liker) }, (json) => {
      if (dueAt >= measuredFrom) answerTimes.push(performance.now() - dueAt);
      answeredAt[(JSON.parse(json) as { data: LikeState }).data.rev] = Date.now();
    });
    liker.flush();
  });
  const serverLoad = (cpuSeconds(serverPid) - cpu) / ((performance.now() - measuredFrom) / 1_000);
  await rest(journal, wrong);
  const lastRev = Math.max(...Object.keys(answeredAt).map(Number));
  const { frames, ageP99, behind } = await watchers.end({ answeredAt, lastRev });
  if (behind > 0) wrong.push(`${behind} watchers do not show the last count`);
  return {
    framesPerLikeAndWatcher: frames / (next * sockets),
    ageP99,
    answerP99: quantile(answerTimes, 0.99),
    serverLoad,
    pushesPerSecond: mostInASecond(pushes),
  };
}

async function startWatchers(spec: WatchSpec) {
  const child = fork(join(import.meta.dirname, 'watchers.ts'));
  child.once('exit', (code) => {
    if (code !== 0) process.exit(1);
  });
  const answer = async <T>(message: object) => {
    const said = once(child, 'message');
    child.send(message);
    return (await said)[0] as T;
  };
  await answer<'watching'>(spec);
  return { end: (end: WatchEnd) => answer<Watched>(end) };
}

function mostInASecond(times: readonly number[]): number {
  return Math.max(0, ...times.map((start, i) => times.slice(i).filter((at) => at < start + 1_000).length));
}

/** The server dies and comes back; so do all who were there, each with what it knew. */
async function restart({ spec, world, journal, wrong, restart: restartServer }: Run): Promise<Figures> {
  const { target, sockets } = spec;
  const people = world.people.slice(0, sockets);
  const cursors = new Map<string, object>();
  const wishes = newLikes(world);
  const back = new Set<string>();
  let dying = false;
  const keepCursor = ({ id }: WorldPerson, json: string) => {
    journal.hearDelta(id, json);
    const epoch = /"epoch":"([^"]+)"/.exec(json)?.[1];
    if (epoch) cursors.set(id, { epoch, since: journal.heads.get(id) });
  };
  const allBack = Promise.withResolvers<void>();
  const likers = await connectAll(likersOf(world), (person) => openLiker(target, journal, person));
  for (const liker of likers) {
    for (let i = 0; i < 10; i += 1) liker.wish(wishes(liker.person));
    liker.flush();
  }
  await rest(journal, wrong);
  for (const liker of likers) liker.destroy();

  const visit = (person: WorldPerson) => {
    const client = connect(target, person, {
      auth: () => cursors.get(person.id) ?? {},
      event: (name, json) => void (name === 'inbox:changed' && keepCursor(person, json)),
      closed() {
        setTimeout(() => visit(person), 100 + Math.random() * 900);
      },
    });
    client.ready.then(
      (json) => {
        keepCursor(person, json);
        if (!dying) return;
        back.add(person.id);
        if (back.size === people.length) allBack.resolve();
      },
      () => undefined,
    );
    return client;
  };
  await connectAll(people, visit);
  dying = true;
  const killedAt = Date.now();
  await restartServer();
  await allBack.promise;
  return { backWithinMs: Date.now() - killedAt };
}

/** Until all is answered, and everybody is told. */
async function rest(journal: Journal, wrong: string[]) {
  const answered = await until(() => journal.answered + journal.refused === journal.sent, REST_WITHIN_MS);
  if (!answered) wrong.push(`${journal.sent - journal.answered - journal.refused} likes were not answered`);
  if (journal.refused > 0) wrong.push(`${journal.refused} likes were refused`);
  const restedAt = performance.now();
  await until(() => performance.now() - Math.max(journal.heardAt, restedAt) > QUIET_MS, REST_WITHIN_MS);
}
