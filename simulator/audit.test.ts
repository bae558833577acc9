import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useServer } from '../apps/server/test/setup.ts';
import { logIn } from './accounts.ts';
import { auditAll } from './audit.ts';
import { Person } from './person.ts';
import { createTally } from './tally.ts';
import { createTold } from './told.ts';

const t = useServer();
let directory: string;
let people: Person[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'live-likes-audit-'));
  const { url } = t.server;
  const accounts = await logIn(url, 2, join(directory, 'people.json'), new AbortController().signal);
  const tally = createTally();
  const told = createTold(new Set(accounts.map(({ userId }) => userId)), () => undefined);
  people = accounts.map((account) => new Person({ url, account, tally, told }));
  await vi.waitFor(() => expect(people.every(({ isReady }) => isReady)).toBe(true));
  const [ann, ben] = people as [Person, Person];
  await ann.write('Who likes this?');
  await vi.waitFor(() => expect([...ben.posts.values()][0]?.author.id).toBe(ann.account.userId));
  for (let i = 0; i < ben.posts.size; i += 1) ben.likeSomething(performance.now());
  await vi.waitFor(() => expect(ben.waiting).toBe(0));
});
afterEach(() => {
  for (const person of people) person.close();
  rmSync(directory, { recursive: true });
});

const change = (sql: string) => {
  const db = new DatabaseSync(t.server.databasePath, { timeout: 5_000 });
  db.exec(sql);
  db.close();
};
const idOf = (at: number) => people[at]?.account.userId ?? '';

test('what is as it was told is counted', async () => {
  const likes = people[1]?.posts.size;
  expect(await auditAll(t.server.url, people, 5_000)).toEqual({ likes, wrong: [] });
});

test('a like that the server has lost is found', async () => {
  change(`DELETE FROM likes WHERE user_id = '${idOf(1)}' AND post_id = (SELECT max(id) FROM post)`);
  const { wrong } = await auditAll(t.server.url, people, 0);
  expect(wrong).toContainEqual(
    expect.stringMatching(`^${idOf(1)} was told that post .* is liked, and the server says it is not\\.$`),
  );
});

test('an inbox that is not what was told is found', async () => {
  await auditAll(t.server.url, people, 5_000);
  change(`UPDATE inbox SET unread = unread + 1 WHERE user_id = '${idOf(0)}'`);
  expect((await auditAll(t.server.url, people, 0)).wrong).toEqual([
    `The inbox of ${idOf(0)} is not what the server has.`,
  ]);
});
