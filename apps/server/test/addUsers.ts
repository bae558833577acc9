import type { Kysely } from 'kysely';

interface Tables {
  user: Record<'id' | 'name' | 'email' | 'username' | 'createdAt' | 'updatedAt', string> & {
    emailVerified: number;
  };
}

/** Makes people who cannot log in, those that are not there yet. Their usernames are their ids. */
export async function addUsers(
  accounts: Kysely<unknown>,
  ...people: (readonly [id: string, name?: string])[]
) {
  const now = new Date().toISOString();
  await (accounts as Kysely<Tables>)
    .insertInto('user')
    .values(
      people.map(([id, name = id]) => ({
        id,
        name,
        username: id,
        email: `${id}@example.com`,
        emailVerified: 0,
        createdAt: now,
        updatedAt: now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
