import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { unavailable } from '../../errors.ts';
import { connectionTo, guarded } from './connection.ts';

/** Any number that no other lock has. */
const LOCK = 2_026_110_401;
const LOOK_EVERY_MS = 50;
const WAIT_MS = 30_000;

/** Runs `work` while no other process does so on this database. The lock ends with its connection, however that ends. */
export function exclusivelyOn(url: string) {
  return async <T>(work: () => Promise<T>): Promise<T> => {
    const client = new pg.Client(connectionTo(url));
    client.on('error', () => undefined);
    try {
      await guarded(async () => {
        await client.connect();
        await lock(client);
      });
      return await work();
    } finally {
      await client.end().catch(() => undefined);
    }
  };
}

/** Looks again and again: one who waits inside of the database is ended by its time limits. */
async function lock(client: pg.Client) {
  const giveUpAt = performance.now() + WAIT_MS;
  while (performance.now() < giveUpAt) {
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
      LOCK,
    ]);
    if (rows[0]?.locked) return;
    await sleep(LOOK_EVERY_MS);
  }
  throw unavailable(new Error('Another process has not finished what is made once.'));
}
