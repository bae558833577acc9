import type { Kysely } from 'kysely';
import type { Store } from './store.ts';

/** What an adapter opens. */
export interface OpenedStorage {
  store: Store;
  /** The same database, for the accounts. Single statements only: a transaction may catch the store's. */
  accounts: AccountsDatabase;
  /** Names the database for those on it; a new epoch does not change it. */
  installation: string;
  close(): void | Promise<void>;
}

export interface AccountsDatabase {
  db: Kysely<unknown>;
  type: 'sqlite' | 'postgres';
}
