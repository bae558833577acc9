/**
 * Some moments of very many connected people, drawn by chance: who likes what on which node, and what that makes the
 * nodes and the bus do. Between them lies the time after which counts are pushed again.
 */
import { HOUR_SECONDS, type Workload } from './constants.ts';
import { type Kind, type Load, noLoad } from './load.ts';
import { poisson, type Random, zipf } from './random.ts';

export interface Crowd {
  /** Connected. */
  people: number;
  nodes: number;
  /** Of the bus. */
  shards: number;
  /** Whether new posts and the number of people online go to everybody, as they do now, or to those who want them. */
  tellsEverybody: boolean;
  /** Between two frames of counts. */
  countsEverySeconds: number;
  /** Likes a second that the most popular post has from other cells. */
  foreignLikes: number;
}

interface Shard {
  published: number;
  delivered: number;
}

/** All by the second. */
export interface FanOut {
  nodes: Load[];
  shards: Shard[];
  /** Likes of the most popular post. */
  hottest: number;
}

const MOMENTS = 4;
/** Connections that are asked what they watch. */
const SAMPLE = 2_000;

export function fanOut(crowd: Crowd, workload: Workload, random: Random): FanOut {
  const { people, nodes: count, countsEverySeconds: seconds } = crowd;
  const sockets = people * workload.devices;
  const nodes = Array.from({ length: count }, noLoad);
  const all = [...nodes.keys()];
  const shards = Array.from({ length: crowd.shards }, (): Shard => ({ published: 0, delivered: 0 }));
  const popularity = zipf(Math.round(people * workload.recentPostsPerPerson), workload.exponent);
  const perSecond = 1 / (MOMENTS * seconds);
  let hottest = 0;

  for (let moment = 0; moment < MOMENTS; moment += 1) {
    const likes = likesOfNow();
    hottest += likes.get(1) ?? 0;
    for (const times of likes.values()) if (times > 0) tell(times);
    const changed = shareOfWatchers(likes);
    for (const node of nodes.keys()) add(node, 'frames of counts', (changed * sockets) / count);
    for (const node of nodes.keys()) publish(node, all, workload.countMessagesPerSecond * seconds, 0);
  }
  for (const load of nodes) stand(load);
  return { nodes, shards, hottest: hottest * perSecond };

  /** By post. */
  function likesOfNow(): Map<number, number> {
    const likes = new Map([[1, poisson(crowd.foreignLikes * seconds, random)]]);
    const due = poisson((people * workload.likesPerPersonAndHour * seconds) / HOUR_SECONDS, random);
    for (let n = 0; n < due; n += 1) {
      const rank = popularity.rank(random);
      likes.set(rank, (likes.get(rank) ?? 0) + 1);
    }
    return likes;
  }

  /** Takes the likes of one post, and tells all nodes of its count and its author of them. */
  function tell(times: number) {
    const takers = places(times);
    for (const node of takers) add(node, 'likes', times / takers.length);

    // At most: what changes again before the next message goes out once.
    for (const node of all) if (count > 1) add(node, 'counts from the bus', takers.length);

    if (random() >= workload.authorsOnline) return;
    // Each node paces what it pushes by itself.
    const pushes = Math.min(times / takers.length, workload.pushesPerSecond * seconds);
    const devices = places(random() < workload.devices - 1 ? 2 : 1);
    for (const node of takers) {
      add(node, 'reads for pushes', pushes);
      publish(node, devices, pushes, anyShard());
    }
    for (const node of devices) add(node, 'frames to authors', pushes * takers.length);
  }

  /** What is there without a like. */
  function stand(load: Load) {
    const { followersOnline, commitsPerSecond } = workload;
    const writing = workload.postsPerPersonAndHour / HOUR_SECONDS;
    const here = sockets / count;
    load['idle connections'] = here;
    load.logins = (here * workload.loginsPerSocketAndHour) / HOUR_SECONDS;
    load['frames to everybody'] =
      here * (crowd.tellsEverybody ? 1 + people * writing : 0.1 + followersOnline * writing);
    load.commits = Math.min(load.likes, commitsPerSecond);
  }

  /** Of all connections, on how many a count changes. */
  function shareOfWatchers(likes: ReadonlyMap<number, number>): number {
    let changed = 0;
    for (let n = 0; n < SAMPLE; n += 1) {
      const watched = Array.from({ length: workload.watchedPosts }, () => popularity.rank(random));
      if (watched.some((rank) => likes.get(rank))) changed += 1;
    }
    return changed / SAMPLE;
  }

  function publish(from: number, to: readonly number[], times: number, shardAt: number) {
    // A node alone has no bus.
    if (count === 1) return;
    add(from, 'messages to the bus', times);
    for (const node of to) add(node, 'messages from the bus', times);
    const shard = shards[shardAt] as Shard;
    shard.published += times * perSecond;
    shard.delivered += times * to.length * perSecond;
  }

  function add(node: number, kind: Kind, times: number) {
    (nodes[node] as Load)[kind] += times * perSecond;
  }

  /** The nodes that have at least one of so many things, each of which is anywhere. */
  function places(things: number): number[] {
    // As good as certainly all.
    if (things > 3 * count * Math.log(count + 1)) return all;
    const found = new Set<number>();
    for (let n = 0; n < things; n += 1) found.add(Math.floor(random() * count));
    return [...found];
  }

  function anyShard(): number {
    return Math.floor(random() * shards.length);
  }
}
