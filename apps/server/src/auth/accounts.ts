import { unavailable } from '../errors.ts';
import type { Auth } from './auth.ts';

/** What an account can be named by at a login. */
export type AccountName = 'username' | 'email';

/** Finds accounts as the account library does, which compares in lower case. */
export interface Accounts {
  /**
   * The user's id; null when there is no such account.
   *
   * @throws {Refusal} `UNAVAILABLE` when it cannot be read.
   */
  idOf(field: AccountName, name: string): Promise<string | null>;
}

export function createAccounts(auth: Auth): Accounts {
  return {
    async idOf(field, name) {
      const { adapter } = await auth.$context;
      const where = [{ field, value: name.toLowerCase() }];
      const found = await adapter
        .findOne<{ id: string }>({ model: 'user', where, select: ['id'] })
        .catch((error: unknown) => {
          throw unavailable(error);
        });
      return found?.id ?? null;
    },
  };
}
