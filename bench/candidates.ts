/** Who is measured, and how each is started. */
import type { Dialect } from './load/dialects.ts';

export interface Candidate {
  name: string;
  /** Of the script that serves, from this folder. */
  script: string;
  /** What is written about it in the table, */
  title: string;
  /** and beside its bar. */
  short: string;
  dialect: Dialect;
  saysReady: boolean;
  /** Whether likes are in its database when they are acknowledged. */
  durable: boolean;
  /** So many on one PostgreSQL, several of them with a Redis; 0: one, on SQLite or on nothing. */
  nodes: number;
}

const peer = (name: string, short: string, title: string, more: Partial<Candidate> = {}): Candidate => ({
  name,
  script: `peers/${name}.ts`,
  title,
  short,
  dialect: 'socket.io',
  saysReady: false,
  durable: false,
  nodes: 0,
  ...more,
});

const ours: Partial<Candidate> = { script: '../apps/server/src/main.ts', saysReady: true, durable: true };
export const product = peer('product', 'Live Likes (durable)', 'Live Likes', ours);
/** What everything is compared with. */
const yardstick = peer(
  'socketRooms',
  'Socket.IO rooms, stores nothing',
  'Socket.IO relay with rooms, stores nothing (the yardstick)',
);
const candidates = [
  product,
  peer('onPostgres', 'Live Likes on PostgreSQL (durable)', 'Live Likes on PostgreSQL', { ...ours, nodes: 1 }),
  peer('twoNodes', 'two nodes', 'Live Likes, two nodes with PostgreSQL and Redis', { ...ours, nodes: 2 }),
  yardstick,
  peer(
    'socketScan',
    'Socket.IO, scans all sockets, stores nothing',
    'Socket.IO relay that scans all sockets, stores nothing',
  ),
  peer('wsRelay', 'ws and a map, stores nothing', '`ws` relay with a map, stores nothing', { dialect: 'ws' }),
  peer('transactionPerLike', 'a transaction per like (durable)', 'Socket.IO, a SQLite transaction per like', {
    durable: true,
  }),
];

export type CandidateName =
  'product' | 'onPostgres' | 'twoNodes' | 'socketRooms' | 'socketScan' | 'wsRelay' | 'transactionPerLike';

export function candidate(name: string): Candidate {
  const found = candidates.find((one) => one.name === name);
  if (!found)
    throw new Error(`There is no candidate ${name}; there are ${candidates.map((c) => c.name).join(', ')}.`);
  return found;
}
