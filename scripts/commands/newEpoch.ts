/** `npm run new-epoch`: for a PostgreSQL database that was restored from a copy: what clients know of it is void. */
import { randomUUID } from 'node:crypto';
import { change, databaseUrl, isPostgres, NotChanged } from './database.ts';
import { fail } from './processes.ts';

try {
  if (!isPostgres(databaseUrl()))
    throw new NotChanged(
      'A database file notices by itself that an older copy was put back: nothing is to be done.',
    );
  if ((await change('UPDATE history SET epoch = ?', [randomUUID()])) === 0)
    throw new NotChanged(
      'DATABASE_URL: this database is empty. Start the server once, which makes its tables.',
    );
  console.log('A new epoch has begun: every client reads its inbox anew.');
} catch (error) {
  if (!(error instanceof NotChanged)) throw error;
  await fail(error.message);
}
