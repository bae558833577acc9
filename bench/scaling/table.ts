/** The tables of `docs/scaling.md`. */
import { assumptions, type Constant, costs, HOUR_SECONDS, nodeCosts, pace, workload } from './constants.ts';
import { type Cost, costOf } from './cost.ts';
import type { Crowd } from './fanOut.ts';
import { KINDS } from './load.ts';
import { zipf } from './random.ts';

const MILLION = 1_000_000;
const WORLD = 100 * MILLION;

const asBuilt = {
  shards: 1,
  tellsEverybody: true,
  countsEverySeconds: 0.35,
  foreignLikes: 0,
};
const quiet = { ...asBuilt, tellsEverybody: false };
const changed = { ...quiet, countsEverySeconds: 1 };

/** With so many nodes and shards that the busiest has 60 % of its core at most, but for what is as it is built now. */
const crowds: [name: string, crowd: Crowd][] = [
  ['3,500, as built', { ...asBuilt, people: 3_500, nodes: 1 }],
  ['10,000, as built', { ...asBuilt, people: 10_000, nodes: 2 }],
  ['10,000, step 1', { ...quiet, people: 10_000, nodes: 2 }],
  ['1 million, as built', { ...asBuilt, people: MILLION, nodes: 200 }],
  ['1 million, step 1', { ...quiet, people: MILLION, nodes: 200 }],
  ['1 million, steps 1 and 2', { ...changed, people: MILLION, nodes: 100 }],
  [
    '100 million, step 3: the busiest of 100 cells',
    { ...changed, people: MILLION, nodes: 120, foreignLikes: hottestOfTheWorld() },
  ],
];

/** Likes a second of the world's most popular post, all of which come to the cell of its author. */
function hottestOfTheWorld(): number {
  const { recentPostsPerPerson, exponent, likesPerPersonAndHour } = workload;
  const likes = (WORLD * likesPerPersonAndHour) / HOUR_SECONDS;
  return zipf(WORLD * recentPostsPerPerson, exponent).share(1) * likes;
}

export function resultTables(): string {
  const rows = crowds.map(([name, crowd]): [string, Crowd, Cost] => [name, crowd, costOf(crowd)]);
  const load = table(
    [
      'connected',
      'likes/s',
      'nodes',
      'busiest node',
      'a like waits, p99',
      'bus messages/s to a node',
      'busiest of Redis shards',
      'PostgreSQL cores',
      'new on disk a day',
      'hottest row locked',
    ],
    rows.map(([name, crowd, cost]) => [
      name,
      number(cost.likesPerSecond),
      number(crowd.nodes),
      percent(cost.busiest),
      Number.isFinite(cost.wait) ? `${number(cost.wait)} ms` : 'without end',
      number(cost.heard),
      crowd.nodes === 1 ? '' : `${percent(cost.busiestShard)} of ${crowd.shards}`,
      crowd.nodes === 1 ? '' : number(cost.database),
      `${number(cost.disk)} GB`,
      crowd.nodes === 1 ? '' : percent(cost.hottestRow),
    ]),
  );
  const work = table(
    ['of a node’s work', ...rows.map(([name]) => name)],
    KINDS.map((kind) => [kind, ...rows.map(([, , cost]) => percent(cost.shares[kind]))]),
  );
  return `${load}\n\n${work}`;
}

export function constantsTable(): string {
  const all: Constant[] = [nodeCosts, costs, pace, assumptions].flatMap((some) => Object.values(some));
  return table(
    ['what', 'value', 'known from'],
    all.map(({ what, value, unit, measured }) => [
      what,
      `${value.toLocaleString('en')} ${unit}`.trim(),
      measured ?? '**assumed**',
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Two digits that count: the model knows no more. */
function number(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString('en', { maximumFractionDigits: 6 });
}
