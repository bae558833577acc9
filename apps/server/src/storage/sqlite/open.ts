import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { OpenedStorage } from '../opened.ts';
import type { Store } from '../store.ts';
import { announcementReportStore } from './announcementReports.ts';
import { announcementStore } from './announcements.ts';
import { connect, guarded } from './connection.ts';
import { kyselyOver } from './dialect.ts';
import { openHistory } from './history.ts';
import { inboxStore } from './inbox.ts';
import { likeStore } from './likes.ts';
import { migrate } from './migrations.ts';
import { muteStore } from './mutes.ts';
import { peopleStore } from './people.ts';
import { postStore } from './posts.ts';
import { sessionStore } from './sessions.ts';
import { settingsStore } from './settings.ts';
import { pushStore } from './push.ts';

/** Its file is closed at once. */
interface SqliteStorage extends OpenedStorage {
  close(): void;
}

/**
 * Opens the SQLite file at `path`, made and migrated where needed. One connection serves everything:
 * its calls are synchronous, so that no transaction ever waits for another.
 */
export async function openSqlite(path: string): Promise<SqliteStorage> {
  makeDirectory(dirname(path));
  const db = connect(path);
  const accounts = kyselyOver<unknown>(db);
  await migrate(accounts);
  const { store, history } = storeOver(db, `${path}.mark`);
  return {
    store,
    accounts: { db: accounts, type: 'sqlite' },
    // One process serves a file, and its epoch does not change while it runs.
    installation: store.epoch,
    close() {
      db.close();
      history.close();
    },
  };
}

/** The store on a database that has its tables. */
export function storeOver(db: DatabaseSync, markPath: string, now: () => number = Date.now) {
  const history = openHistory(db, markPath);
  const ping = db.prepare('SELECT 1');
  // Changes with every commit but those of this connection.
  const version = db.prepare('PRAGMA data_version');
  let seenVersion = version.get()?.['data_version'];
  const store: Store = {
    ping: () => guarded(() => void ping.get()),
    changedElsewhere: () =>
      guarded(() => {
        const before = seenVersion;
        seenVersion = version.get()?.['data_version'];
        return seenVersion !== before;
      }),
    epoch: history.epoch,
    // One process serves a file.
    exclusively: (work) => work(),
    ...postStore(db, history),
    ...muteStore(db, history),
    ...peopleStore(db),
    ...sessionStore(db),
    ...settingsStore(db),
    ...likeStore(db, history, now),
    ...inboxStore(db, history),
    ...announcementStore(db, history),
    ...announcementReportStore(db),
    ...pushStore(db),
  };
  return { store, history };
}

/** Level by level: a recursive `mkdir` can hang below folders of the kernel instead of failing. */
function makeDirectory(path: string) {
  if (!existsSync(path)) {
    makeDirectory(dirname(path));
    mkdirSync(path);
  }
  accessSync(path, constants.W_OK | constants.X_OK);
}
