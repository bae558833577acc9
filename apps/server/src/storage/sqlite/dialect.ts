import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';

/** Kysely over Node's own SQLite: gives its statements the names that Kysely's dialect expects. */
export function kyselyOver<Tables>(db: DatabaseSync): Kysely<Tables> {
  const dialect = new SqliteDialect({
    database: {
      close: () => db.close(),
      prepare(sql) {
        const statement = db.prepare(sql);
        return {
          reader: statement.columns().length > 0,
          all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
          run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
          iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
        };
      },
    },
  });
  return new Kysely<Tables>({ dialect });
}
