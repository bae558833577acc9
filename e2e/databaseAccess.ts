/** Reads and writes a database past the server, at once: a test looks, and goes on. */
import { DatabaseSync } from 'node:sqlite';
import { psql, rowsOf } from '@live-likes/services/postgres';

export type Value = string | number;
export type Row = Record<string, unknown>;
/** With a `?` for each value. */
export type Statement = readonly [sql: string, ...values: Value[]];

/** SQL that all of them understand. */
export interface DatabaseAccess {
  all(sql: string, ...values: Value[]): Row[];
  /** One transaction. */
  write(statements: readonly Statement[]): void;
}

const WAIT_MS = 5_000;

export function sqliteAccess(file: string): DatabaseAccess {
  return {
    all(sql, ...values) {
      const database = new DatabaseSync(file, { readOnly: true, timeout: WAIT_MS });
      try {
        return database.prepare(sql).all(...values);
      } finally {
        database.close();
      }
    },
    write(statements) {
      const database = new DatabaseSync(file, { timeout: WAIT_MS });
      try {
        database.exec('BEGIN IMMEDIATE');
        for (const [sql, ...values] of statements) database.prepare(sql).run(...values);
        database.exec('COMMIT');
      } finally {
        database.close();
      }
    },
  };
}

export function postgresAccess(url: string): DatabaseAccess {
  return {
    all: (sql, ...values) => rowsOf(url, filled([sql, ...values])),
    write: (statements) => void psql(url, `BEGIN;\n${statements.map(filled).join(';\n')};\nCOMMIT;`),
  };
}

function filled([sql, ...values]: Statement): string {
  let next = 0;
  return sql.replaceAll('?', () => {
    const value = values[next++];
    return typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
  });
}
