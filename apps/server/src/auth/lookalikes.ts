import { randomInt } from 'node:crypto';
import { APIError } from 'better-auth/api';
import type { DBAdapter } from 'better-auth';
import { skeletonOf } from '../names.ts';

type Users = Pick<DBAdapter, 'findMany'>;

const field = { type: 'string', required: false, input: false, returned: false } as const;
/** Known to the account library, and told to nobody. */
export const skeletonFields = { nameSkeleton: field, usernameSkeleton: field };

/** Says in a sentence what the database would refuse anyway. */
export async function refuseLookalike(users: Users, names: readonly string[], ownId?: string) {
  if (await isTaken(users, names, ownId)) {
    const message = 'This name is taken or looks like one that is.';
    throw new APIError('BAD_REQUEST', { code: 'NAME_TAKEN', message });
  }
}

async function isTaken(users: Users, names: readonly string[], ownId?: string): Promise<boolean> {
  const value = names.map(skeletonOf);
  const found = await users.findMany<{ id: string }>({
    model: 'user',
    where: [
      { field: 'nameSkeleton', operator: 'in', value, connector: 'OR' },
      { field: 'usernameSkeleton', operator: 'in', value, connector: 'OR' },
    ],
    select: ['id'],
  });
  return found.some(({ id }) => id !== ownId);
}

/** Names for guests, none of them twice: the numbers only grow, by leaps where one is taken. */
export function guestNames() {
  let next = randomInt(1_000, 5_000);
  return async (users: Users): Promise<string> => {
    for (;;) {
      const name = `Guest ${next}`;
      next += 1;
      if (!(await isTaken(users, [name]))) return name;
      next = randomInt(next, next * 10);
    }
  };
}
