import { type OwnPostgres, psql, startPostgres } from '@live-likes/services/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runsPostgres } from '../../../test/services.ts';
import { createLog } from '../../log.ts';
import { lackOf } from './fitness.ts';
import { openPostgres } from './open.ts';

test('a server that is too old is refused with a reason', () => {
  expect(lackOf({ version: 14, commit: 'on' })).toBe('it is PostgreSQL 14, and 15 or newer is needed');
  expect(lackOf({ version: 15, commit: 'on' })).toBeNull();
});

describe.runIf(runsPostgres)('a PostgreSQL that answers before a commit is on disk', () => {
  let postgres: OwnPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  test.each(['DATABASE lossy', 'ROLE postgres'])(
    'is refused, also where only this %s has it so',
    async (whose) => {
      if (whose.startsWith('DATABASE')) await postgres.createDatabase('lossy');
      psql(postgres.url, `ALTER ${whose} SET synchronous_commit = off`);
      const url = new URL(postgres.url);
      if (whose.startsWith('DATABASE')) url.pathname = '/lossy';
      await expect(openPostgres(url.href, createLog('silent'))).rejects.toThrow(
        /^synchronous_commit is off .+, and must be on/,
      );
    },
  );
});
