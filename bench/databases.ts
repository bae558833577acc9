/** Where a candidate keeps what it is told: a fresh copy of the world for each run, and what is in it afterwards. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { databaseOf } from './world.ts';

export interface RunDatabase {
  /** As `DATABASE_URL` wants it. */
  url: string;
  /** Ends whatever serves it without a chance to write, and has it served again. */
  crash(): Promise<void>;
  /** Sentences, of what is broken in itself. */
  damage(): string[];
  rows(query: string): Record<string, unknown>[];
  remove(): void;
}

export function sqliteCopy(world: string): RunDatabase {
  const folder = mkdtempSync(join(world, 'run-'));
  const path = join(folder, 'live.db');
  copyFileSync(databaseOf(world), path);
  const rows = (query: string): Record<string, unknown>[] => {
    const db = new DatabaseSync(path);
    try {
      return db.prepare(query).all();
    } finally {
      db.close();
    }
  };
  return {
    url: `file:${path}`,
    // Nobody but the server.
    crash: async () => undefined,
    damage: () =>
      rows('PRAGMA integrity_check')
        .map((row) => String(row['integrity_check']))
        .filter((line) => line !== 'ok'),
    rows,
    remove: () => rmSync(folder, { recursive: true }),
  };
}
