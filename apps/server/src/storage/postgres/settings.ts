import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_SETTINGS, type Settings } from '@live-likes/contract';
import type { Store } from '../store.ts';
import type { Database, Statement } from './connection.ts';
import { lockInbox } from './locks.ts';

const read: Statement = { name: 'settings', text: 'SELECT value FROM settings WHERE user_id = $1' };
const write: Statement = {
  name: 'write_settings',
  text: `
    INSERT INTO settings (user_id, value) VALUES ($1, $2) ON CONFLICT (user_id) DO UPDATE SET value = excluded.value`,
};

/** One JSON object per user who changed something, so that a new setting needs no new column. */
export function settingsStore(db: Database): Pick<Store, 'settings' | 'changeSettings'> {
  return {
    settings: async (userId) => toSettings(await db.rows(read, [userId])),

    changeSettings: (userId, changes) =>
      db.transaction(async (tx) => {
        const [, rows] = await Promise.all([
          tx.rows(lockInbox, [userId]),
          tx.rows<{ value: string }>(read, [userId]),
        ]);
        const before = toSettings(rows);
        const after = { ...before, ...changes };
        if (isDeepStrictEqual(after, before)) return { settings: before, changed: false };
        after.rev += 1;
        tx.send(write, [userId, JSON.stringify(after)]);
        return { settings: after, changed: true };
      }),
  };
}

function toSettings([row]: { value: string }[]): Settings {
  return row ? { ...DEFAULT_SETTINGS, ...(JSON.parse(row.value) as Partial<Settings>) } : DEFAULT_SETTINGS;
}
