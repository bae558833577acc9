/** `npm run ban -- mallory`: shuts somebody out, in the database itself, whether a server runs on it or not. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { fail, root } from './processes.ts';

const LOCK_WAIT_MS = 5_000;

const USAGE = `Usage: npm run ban -- [--lift] USERNAME

  Ends the sessions of USERNAME and lets them log in no more; a server that runs cuts their sockets within
  a second. With --lift they may log in again. DATABASE_URL names the database, as for the server.`;

/** Why nothing was changed, as a sentence for a person. */
class NotChanged extends Error {}

try {
  const { values, positionals } = given();
  if (values.help) console.log(USAGE);
  else console.log(setBanned(usernameOf(positionals), !values.lift));
} catch (error) {
  if (!(error instanceof NotChanged)) throw error;
  await fail(error.message);
}

function given() {
  const options = { lift: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new NotChanged(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function usernameOf(words: string[]): string {
  const [username, ...others] = words;
  if (!username || others.length > 0) throw new NotChanged(`One username is needed.\n\n${USAGE}`);
  return username.toLowerCase();
}

/** The sessions of whoever is banned end in the database, by a trigger. */
function setBanned(username: string, banned: boolean): string {
  const file = databasePath();
  try {
    const db = new DatabaseSync(file, { timeout: LOCK_WAIT_MS });
    const { changes } = db
      .prepare('UPDATE user SET banned = ? WHERE username = ?')
      .run(Number(banned), username);
    db.close();
    if (changes === 0) throw new NotChanged(`There is nobody with the username ${username}.`);
  } catch (error) {
    if (error instanceof NotChanged) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new NotChanged(`The database ${file} cannot be changed (${reason}).`);
  }
  return banned ? `${username} is banned.` : `${username} may log in again.`;
}

function databasePath(): string {
  const url = process.env['DATABASE_URL'] || 'file:data/live-likes.db';
  const file = path.resolve(root, url.replace(/^file:/, ''));
  if (!url.startsWith('file:') || !existsSync(file))
    throw new NotChanged(`DATABASE_URL: there is no database ${url}. Start the server once, which makes it.`);
  return file;
}
