import { type OwnPostgres, startPostgres } from '@live-likes/services/postgres';
import { afterAll, beforeAll, describe } from 'vitest';
import { createLog } from '../../log.ts';
import { addUsers } from '../../../test/addUsers.ts';
import { runsPostgres } from '../../../test/services.ts';
import { describeMutes } from '../muteStore.contract.ts';
import { describePeople } from '../peopleStore.contract.ts';
import { describeStore } from '../store.contract.ts';
import { openPostgres } from './open.ts';

describe.runIf(runsPostgres)('with a PostgreSQL', () => {
  let postgres: OwnPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  for (const [i, describeAll] of [describeStore, describeMutes, describePeople].entries()) {
    describeAll('PostgreSQL', async () => {
      const url = await postgres.createDatabase(`contract${i}`);
      const storage = await openPostgres(url, createLog('silent'));
      return {
        store: storage.store,
        addUser: (id, name) => addUsers(storage.accounts.db, [id, name]),
        close: async () => storage.close(),
      };
    });
  }
});
