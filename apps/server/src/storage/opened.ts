import type { Kysely } from 'kysely';
import type { Store } from './store.ts';

/** What an adapter opens. */
export interface OpenedStorage {
  store: Store;
  /** The same database, for the accounts. Single statements only: a transaction may catch the store's. */
  accounts: AccountsDatabase;
  /** Names it for good: the servers on one database are nodes of one installation. */
  installation: string;
  close(): void | Promise<void>;
}

export interface AccountsDatabase {
  db: Kysely<unknown>;
  type: 'sqlite' | 'postgres';
}
