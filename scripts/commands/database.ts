/** The database that DATABASE_URL names, as commands change it past the server, whether one runs on it or not. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { root } from './processes.ts';

const WAIT_MS = 5_000;

/** Why nothing was changed, as a sentence for a person. */
export class NotChanged extends Error {}

export const databaseUrl = () => process.env['DATABASE_URL'] || 'file:data/live-likes.db';
export const isPostgres = (url: string) => /^postgres(ql)?:/.test(url);

/**
 * Runs one statement, whose parameters are written `?`.
 *
 * @returns how many rows it changed
 * @throws {NotChanged}
 */
export function change(statement: string, values: (string | number)[]): Promise<number> {
  const url = databaseUrl();
  return isPostgres(url) ? changePostgres(url, statement, values) : changeFile(url, statement, values);
}

async function changePostgres(url: string, statement: string, values: unknown[]): Promise<number> {
  let n = 0;
  const text = statement.replaceAll('?', () => `$${(n += 1)}`);
  try {
    const options = { connectionTimeoutMillis: WAIT_MS, statement_timeout: WAIT_MS };
    const client = new pg.Client({ connectionString: url, ...options });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(text, values)).rowCount ?? 0;
    } finally {
      await client.end();
    }
  } catch (error) {
    throw new NotChanged(`DATABASE_URL: the PostgreSQL database cannot be changed (${reasonOf(error)}).`);
  }
}

async function changeFile(url: string, statement: string, values: (string | number)[]): Promise<number> {
  const file = path.resolve(root, url.replace(/^file:/, ''));
  if (!url.startsWith('file:') || !existsSync(file))
    throw new NotChanged(`DATABASE_URL: there is no database ${url}. Start the server once, which makes it.`);
  try {
    const db = new DatabaseSync(file, { timeout: WAIT_MS });
    const { changes } = db.prepare(statement).run(...values);
    db.close();
    return Number(changes);
  } catch (error) {
    throw new NotChanged(`The database ${file} cannot be changed (${reasonOf(error)}).`);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}
