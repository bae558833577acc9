/** `npm run ban -- mallory`: shuts somebody out, in the database itself, whether a server runs on it or not. */
import { parseArgs } from 'node:util';
import { change, NotChanged } from './database.ts';
import { fail } from './processes.ts';

const USAGE = `Usage: npm run ban -- [--lift] USERNAME

  Ends the sessions of USERNAME and lets them log in no more; a server that runs cuts their sockets within
  a second. With --lift they may log in again. DATABASE_URL names the database, as for the server.`;

try {
  const { values, positionals } = given();
  if (values.help) console.log(USAGE);
  else console.log(await setBanned(usernameOf(positionals), !values.lift));
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
async function setBanned(username: string, banned: boolean): Promise<string> {
  const changes = await change('UPDATE "user" SET banned = ? WHERE username = ?', [Number(banned), username]);
  if (changes === 0) throw new NotChanged(`There is nobody with the username ${username}.`);
  return banned ? `${username} is banned.` : `${username} may log in again.`;
}
