import type { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_SETTINGS, type Settings } from '@live-likes/contract';
import type { Store } from '../store.ts';
import { guarded, transaction } from './connection.ts';

/** One JSON object per user who changed something, so that a new setting needs no new column. */
export function settingsStore(db: DatabaseSync): Pick<Store, 'settings' | 'changeSettings'> {
  const read = db.prepare('SELECT value FROM settings WHERE user_id = ?');
  const write = db.prepare(`
    INSERT INTO settings (user_id, value) VALUES (?, ?) ON CONFLICT (user_id) DO UPDATE SET value = excluded.value`);

  function settingsOf(userId: string): Settings {
    const row = read.get(userId) as { value: string } | undefined;
    return row ? { ...DEFAULT_SETTINGS, ...(JSON.parse(row.value) as Partial<Settings>) } : DEFAULT_SETTINGS;
  }

  return {
    settings: (userId) => guarded(() => settingsOf(userId)),

    changeSettings: (userId, changes) =>
      guarded(() =>
        transaction(db, 'write', () => {
          const before = settingsOf(userId);
          const after = { ...before, ...changes };
          if (isDeepStrictEqual(after, before)) return { settings: before, changed: false };
          after.rev += 1;
          write.run(userId, JSON.stringify(after));
          return { settings: after, changed: true };
        }),
      ),
  };
}
