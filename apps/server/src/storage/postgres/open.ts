import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Logger } from '../../log.ts';
import type { OpenedStorage } from '../opened.ts';
import type { Store } from '../store.ts';
import { announcementReportStore } from './announcementReports.ts';
import { announcementStore } from './announcements.ts';
import { hearChanges } from './changes.ts';
import { connectionTo, type Database, databaseOver, openPool } from './connection.ts';
import { exclusivelyOn } from './exclusively.ts';
import { requireFitness } from './fitness.ts';
import { holding } from './heldConnections.ts';
import { type History, openHistory } from './history.ts';
import { inboxStore } from './inbox.ts';
import { likeStore } from './likes.ts';
import { migrate } from './migrations.ts';
import { muteStore } from './mutes.ts';
import { peopleStore } from './people.ts';
import { postStore } from './posts.ts';
import { pushStore } from './push.ts';
import { sessionStore } from './sessions.ts';
import { settingsStore } from './settings.ts';

/**
 * Opens the PostgreSQL database at `url`, with its tables made and migrated where needed. Any number of processes may
 * do so at once.
 *
 * @throws {Error} of the driver, when it cannot be reached, or with a reason, when it would not keep what it acknowledges.
 */
export async function openPostgres(url: string, log: Logger): Promise<OpenedStorage> {
  await makeTables(url);
  const pool = holding(openPool(url), url);
  const db = databaseOver(pool);
  const history = await openHistory(db);
  const changes = hearChanges(url, log);
  // Its connections are the pool's, which is closed below.
  const accounts = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  return {
    store: storeOver(db, history, changes, exclusivelyOn(url)),
    accounts: { db: accounts, type: 'postgres' },
    installation: history.installation,
    async close() {
      await Promise.all([changes.close(), pool.end()]);
    },
  };
}

/** On a connection without the time limits of the others: a change of a large table may take long. */
async function makeTables(url: string) {
  const pool = new pg.Pool({ ...connectionTo(url), query_timeout: 0, max: 1 });
  pool.on('error', () => undefined);
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    await requireFitness(kysely);
    await migrate(kysely);
  } finally {
    await kysely.destroy();
  }
}

/** Of no rows, but refused by a server that only reads: one in recovery has not taken over, or not yet. */
const ping = { name: 'ping', text: 'SELECT 1 FROM history WHERE false FOR UPDATE' };

/** The store on a database that has its tables. */
export function storeOver(
  db: Database,
  history: History,
  changes: Pick<ReturnType<typeof hearChanges>, 'take' | 'giveBack'>,
  exclusively: Store['exclusively'],
  now: () => number = Date.now,
): Store {
  return {
    ping: async () => void (await db.rows(ping, [])),
    async changedElsewhere() {
      if (!changes.take()) return false;
      await history.readAgain().catch((error: unknown) => {
        changes.giveBack();
        throw error;
      });
      return true;
    },
    get epoch() {
      return history.epoch;
    },
    exclusively,
    ...postStore(db),
    ...muteStore(db),
    ...peopleStore(db),
    ...sessionStore(db),
    ...settingsStore(db),
    ...likeStore(db, now),
    ...inboxStore(db, history),
    ...announcementStore(db),
    ...announcementReportStore(db),
    ...pushStore(db),
  };
}
