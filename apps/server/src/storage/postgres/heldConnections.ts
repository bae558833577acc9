import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Connections, connectionTo, STATEMENT_MS } from './connection.ts';

const ASK_EVERY_MS = 1_000;

interface Held {
  pid: number;
  letGo(): void;
}

/**
 * The pool with its bound kept at the server, too. What did not answer in time may still be at work there, long
 * after we gave it up: a commit waits for a standby without any limit of time. (To end it would be wrong: it would count as
 * committed then, and be seen, without being on a standby.) Its place in the pool stays taken until a server that can be
 * asked says that no such process is at work: this one, or the one that has taken over.
 */
export function holding(pool: pg.Pool, url: string): Connections {
  const held = new Set<Held>();
  let asking = false;
  let closed = false;

  async function ask() {
    asking = true;
    while (held.size > 0) {
      // More may be held by the time of the answer, which says nothing of them.
      const asked = [...held];
      const working = await workingAt(url, asked).catch(() => null);
      for (const one of asked) if (working && !working.has(one.pid)) one.letGo();
      if (held.size > 0) await sleep(ASK_EVERY_MS);
    }
    asking = false;
  }

  return {
    async connect() {
      const client = await pool.connect();
      const start = performance.now();
      const release = client.release.bind(client);
      client.release = (broken) => {
        const pid = pidOf(client);
        if (closed || pid === null || performance.now() - start < STATEMENT_MS) return release(broken);
        const one = {
          pid,
          letGo() {
            if (held.delete(one)) release(broken);
          },
        };
        held.add(one);
        if (!asking) void ask();
      };
      return client;
    },
    end() {
      closed = true;
      for (const one of held) one.letGo();
      return pool.end();
    },
  };
}

async function workingAt(url: string, held: Held[]): Promise<ReadonlySet<number>> {
  const client = new pg.Client(connectionTo(url));
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE pid = ANY ($1) AND state = 'active'`,
      [held.map(({ pid }) => pid)],
    );
    return new Set(rows.map(({ pid }) => pid));
  } finally {
    void client.end().catch(() => undefined);
  }
}

/** Of the process that serves the connection, which the types of the driver do not have. */
function pidOf(client: pg.PoolClient): number | null {
  return 'processID' in client && typeof client.processID === 'number' ? client.processID : null;
}
