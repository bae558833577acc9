import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { unavailable } from '../../errors.ts';

/** How long a statement waits for a lock of another process. It blocks the event loop meanwhile. */
const LOCK_WAIT_MS = 100;

/** Primary result codes of SQLite that speak of the disk, the file or a lock, not of our statements. */
const STORAGE_FAULTS = new Set([5, 6, 8, 10, 11, 13, 14, 26]);

export function connect(path: string): DatabaseSync {
  // It holds password hashes and session tokens; SQLite gives its other files the same mode.
  closeSync(openSync(path, 'a', 0o600));
  const db = new DatabaseSync(path, { timeout: LOCK_WAIT_MS });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  return db;
}

/** Runs `work` as one transaction; nothing of it stays when it throws. */
export function transaction<T>(db: DatabaseSync, mode: 'read' | 'write', work: () => T): T {
  db.exec(mode === 'write' ? 'BEGIN IMMEDIATE' : 'BEGIN');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Runs `work` and turns a fault of the storage into `UNAVAILABLE`. */
export async function guarded<T>(work: () => T): Promise<T> {
  try {
    return work();
  } catch (error) {
    throw isStorageFault(error) ? unavailable(error) : error;
  }
}

function isStorageFault(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error)) return false;
  return STORAGE_FAULTS.has(Number(error.errcode) & 0xff);
}
