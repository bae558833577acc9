import type { DatabaseSync } from 'node:sqlite';

/** Whom an announcement can be for. */
export function recipientsIn(db: DatabaseSync) {
  const everybody = db.prepare('SELECT count(*) AS n FROM user');
  const known = db.prepare('SELECT id FROM user WHERE id IN (SELECT value FROM json_each(?))');
  return {
    countAll: () => (everybody.get() as { n: number }).n,
    /** Of the ids, those that are a user's, each once. */
    known: (ids: readonly string[]) => known.all(JSON.stringify(ids)).map((row) => String(row['id'])),
  };
}
