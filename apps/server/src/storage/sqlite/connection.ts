import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { unavailable } from '../../errors.ts';

/** How long a transaction waits for a lock of another process, and how often it looks. */
const LOCK_WAIT_MS = 1_000;
const LOCK_LOOK_MS = 25;
const BUSY = 5;

/**
 * What was committed is on disk. Of a page that changes at all, the whole is written, so pages are small; a database
 * keeps the size that it was made with. The log is copied into the database after 64 MB: a page that changes often is
 * copied once for many of its changes. Only 8 MB of pages stay in SQLite's memory, and the others in the system's: in a
 * file below 1 GiB, a commit that has split a page mostly looks through all of them (`pcache1TruncateUnsafe`, on account of
 * the page number at 1 GiB by which `balance_nonroot` swaps two).
 */
const SETTINGS = [
  'page_size = 2048',
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  'cache_size = -8192',
];
export const LOG_BYTES = 64 * 1024 * 1024;

/** Primary result codes of SQLite that speak of the disk, the file or a lock, not of our statements. */
const STORAGE_FAULTS = new Set([5, 6, 8, 10, 11, 13, 14, 26]);

export function connect(path: string): DatabaseSync {
  // It holds password hashes and session tokens; SQLite gives its other files the same mode.
  closeSync(openSync(path, 'a', 0o600));
  // No waiting inside of SQLite: it would block the event loop.
  const db = new DatabaseSync(path, { timeout: 0 });
  db.exec(SETTINGS.map((setting) => `PRAGMA ${setting};`).join(' '));
  // Counted in pages, which an older database has larger ones of.
  const pageSize = Number(db.prepare('PRAGMA page_size').get()?.['page_size']);
  db.exec(`PRAGMA wal_autocheckpoint = ${LOG_BYTES / pageSize}`);
  return db;
}

type Boundaries = Record<'read' | 'write' | 'commit', StatementSync>;
const boundaries = new WeakMap<DatabaseSync, Boundaries>();

/** Runs `work` as one transaction; nothing of it stays when it throws. */
export function transaction<T>(db: DatabaseSync, mode: 'read' | 'write', work: () => T): T {
  const boundary = boundariesOf(db);
  boundary[mode].run();
  try {
    const result = work();
    boundary.commit.run();
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Prepared once: a small read would spend a tenth of its time on them. */
function boundariesOf(db: DatabaseSync): Boundaries {
  let prepared = boundaries.get(db);
  if (!prepared) {
    prepared = {
      read: db.prepare('BEGIN'),
      write: db.prepare('BEGIN IMMEDIATE'),
      commit: db.prepare('COMMIT'),
    };
    boundaries.set(db, prepared);
  }
  return prepared;
}

/** Runs `work`, one transaction, and turns a fault of the storage into `UNAVAILABLE`. */
export async function guarded<T>(work: () => T): Promise<T> {
  try {
    return await patiently(work);
  } catch (error) {
    throw isStorageFault(error) ? unavailable(error) : error;
  }
}

/** Runs `work`, one transaction, again and again while another process holds the lock. Others go on meanwhile. */
export async function patiently<T>(work: () => T): Promise<T> {
  const giveUpAt = performance.now() + LOCK_WAIT_MS;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (resultCode(error) !== BUSY || performance.now() > giveUpAt) throw error;
    }
    await sleep(LOCK_LOOK_MS);
  }
}

function isStorageFault(error: unknown): boolean {
  const code = resultCode(error);
  return code !== null && STORAGE_FAULTS.has(code);
}

/** SQLite's primary result code. */
function resultCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : null;
}
