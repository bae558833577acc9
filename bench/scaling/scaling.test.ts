import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HOUR_SECONDS, workload } from './constants.ts';
import { coresOf } from './cost.ts';
import { fanOut } from './fanOut.ts';
import { noLoad } from './load.ts';
import { PAGE } from './page.ts';
import { waitP99 } from './queue.ts';
import { poisson, seededRandom, zipf } from './random.ts';
import { constantsTable, resultTables } from './table.ts';

const random = () => seededRandom(7);
/** As Prettier leaves it, whatever the widths of the columns. */
const cells = (text: string) => text.replaceAll(/ *\| */g, '|').replaceAll(/-{3,}/g, '---');

test('the page shows what the program computes', () => {
  const page = cells(readFileSync(PAGE, 'utf8'));
  for (const table of [constantsTable(), resultTables()]) expect(page).toContain(cells(table));
});

test('of a hot post with 5,000 watchers the model says what was measured', () => {
  const load = {
    ...noLoad(),
    likes: 2_000,
    commits: workload.commitsPerSecond,
    'frames of counts': 0.0015 * 2_000 * 5_000,
    'idle connections': 5_200,
  };
  // The benchmarks found 0.67 to 0.83 of a core at various times.
  expect(coresOf(load)).toBeGreaterThan(0.6);
  expect(coresOf(load)).toBeLessThan(0.95);
});

const crowd = {
  people: 10_000,
  nodes: 10,
  shards: 2,
  tellsEverybody: false,
  countsEverySeconds: 0.35,
  foreignLikes: 0,
};
const total = (nodes: Record<string, number>[], kind: string) =>
  nodes.reduce((sum, load) => sum + (load[kind] ?? 0), 0);

test('no like gets lost among the nodes', () => {
  const { nodes } = fanOut({ ...crowd, people: 100_000 }, workload, random());
  const expected = (100_000 * workload.likesPerPersonAndHour) / HOUR_SECONDS;
  expect(total(nodes, 'likes') / expected).toBeCloseTo(1, 1);
});

test('a push reaches the nodes where its author is, however many others there are', () => {
  const quiet = { ...workload, countMessagesPerSecond: 0, authorsOnline: 1 };
  const costOfPush = (nodes: number) => {
    const result = fanOut({ ...crowd, nodes, people: 50_000 }, quiet, random());
    return total(result.nodes, 'messages from the bus') / total(result.nodes, 'reads for pushes');
  };
  // The second device of some is on another node, mostly.
  for (const nodes of [10, 100]) {
    expect(costOfPush(nodes)).toBeGreaterThan(1.1);
    expect(costOfPush(nodes)).toBeLessThan(1.4);
  }
});

test('everybody is told of each post, and nobody is when only those who want it are', () => {
  const everybody = (tellsEverybody: boolean) =>
    total(fanOut({ ...crowd, tellsEverybody }, workload, random()).nodes, 'frames to everybody');
  const sockets = crowd.people * workload.devices;
  expect(everybody(true)).toBeCloseTo(
    sockets * (1 + (crowd.people * workload.postsPerPersonAndHour) / HOUR_SECONDS),
  );
  expect(everybody(false)).toBeLessThan(sockets / 5);
});

test('counts are a message from each node to each, however often watchers are told', () => {
  for (const countsEverySeconds of [0.35, 1]) {
    const { nodes } = fanOut({ ...crowd, countsEverySeconds }, { ...workload, authorsOnline: 0 }, random());
    expect(total(nodes, 'messages from the bus')).toBeCloseTo(crowd.nodes ** 2);
  }
});

test('a node alone has no bus', () => {
  const { nodes, shards } = fanOut({ ...crowd, nodes: 1 }, workload, random());
  expect(nodes[0]).toMatchObject({
    'messages to the bus': 0,
    'messages from the bus': 0,
    'counts from the bus': 0,
  });
  expect(shards.every(({ published }) => published === 0)).toBe(true);
});

test('one queue waits as the theory of M/D/1 has it, and without end when it is overloaded', () => {
  // Of its distribution's tail, 0.661 × exp(-1.2564 t), one in a hundred is beyond 3.34 ms.
  expect(Math.abs(waitP99([{ perSecond: 500, ms: 1 }], random()) - 3.34)).toBeLessThan(0.2);
  expect(waitP99([{ perSecond: 1_000, ms: 1 }], random())).toBe(Infinity);
});

test('popularity and chance are as they should', () => {
  const draw = random();
  const popularity = zipf(1_000, 0.8);
  const ranks = Array.from({ length: 50_000 }, () => popularity.rank(draw));
  expect(Math.min(...ranks)).toBe(1);
  expect(Math.max(...ranks)).toBeLessThanOrEqual(1_000);
  const first = ranks.filter((rank) => rank === 1).length / ranks.length;
  expect(first).toBeCloseTo(popularity.share(1), 2);
  for (const mean of [0.3, 8, 400]) {
    const events = Array.from({ length: 5_000 }, () => poisson(mean, draw));
    expect(events.reduce((sum, one) => sum + one, 0) / events.length / mean).toBeCloseTo(1, 1);
  }
});
