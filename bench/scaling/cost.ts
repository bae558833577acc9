import { costs, nodeCosts, workload } from './constants.ts';
import { type Crowd, fanOut } from './fanOut.ts';
import { type Kind, KINDS, type Load } from './load.ts';
import { waitP99 } from './queue.ts';
import { type Random, seededRandom } from './random.ts';

const SEED = 1;
const MICROSECONDS = 1e6;
const DAY_SECONDS = 86_400;
/** Sockets that are written to without a turn of the event loop between. */
const SLICE = 100;

/** Cores are those of one process each, of which 1 is the whole. */
export interface Cost {
  likesPerSecond: number;
  /** Cores of the busiest node. */
  busiest: number;
  /** How long a like waits for the event loop of the busiest node, p99 in ms. */
  wait: number;
  /** Of all nodes' work, how much each kind is. */
  shares: Record<Kind, number>;
  /** Messages from the bus to a node, a second. */
  heard: number;
  /** Cores of Redis's busiest shard. */
  busiestShard: number;
  /** Cores of PostgreSQL. */
  database: number;
  /** Gigabytes of a day's likes: of one node in SQLite, of several in PostgreSQL. */
  disk: number;
  /** How much of the time the row of the most popular post is locked; above 1 likes of it pile up. */
  hottestRow: number;
}

/** What a crowd that behaves as `constants.ts` assumes costs. The same each time. */
export function costOf(crowd: Crowd): Cost {
  const random = seededRandom(SEED);
  const { nodes, shards, hottest } = fanOut(crowd, workload, random);
  const cores = nodes.map(coresOf);
  const busiest = Math.max(...cores);
  const all = sum(cores);
  const likes = sum(nodes.map((load) => load.likes));
  const shardCores = shards.map(
    ({ published, delivered }) =>
      (published * costs.publish.value + delivered * costs.deliver.value) / MICROSECONDS,
  );
  const commitSeconds = costs.databaseCommit.value / 1_000;
  // A node has one batch under way at a time.
  const batches = Math.min(hottest, crowd.nodes / commitSeconds);
  return {
    likesPerSecond: likes,
    busiest,
    wait: waitOn(nodes[cores.indexOf(busiest)] as Load, random),
    shares: Object.fromEntries(
      KINDS.map((kind) => [kind, sum(nodes.map((load) => coresOfKind(kind, load))) / all]),
    ) as Record<Kind, number>,
    heard: sum(nodes.map((load) => load['messages from the bus'])) / nodes.length,
    busiestShard: Math.max(...shardCores),
    database: (likes * costs.databaseLike.value) / MICROSECONDS,
    disk: (likes * (crowd.nodes === 1 ? costs.likeBytes : costs.databaseBytes).value * DAY_SECONDS) / 1e9,
    hottestRow: batches * commitSeconds,
  };
}

/** All that a node does. */
export function coresOf(load: Load): number {
  return sum(KINDS.map((kind) => coresOfKind(kind, load)));
}

function coresOfKind(kind: Kind, load: Load): number {
  return (load[kind] * nodeCosts[kind].value) / MICROSECONDS;
}

/** Frames hold the event loop by the slice, all else one by one. */
function waitOn(load: Load, random: Random): number {
  const jobs = KINDS.map((kind) => {
    const together = kind === 'frames of counts' || kind === 'idle connections' ? SLICE : 1;
    return { perSecond: load[kind] / together, ms: (nodeCosts[kind].value * together) / 1_000 };
  });
  return waitP99(jobs, random);
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
