import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { callAs } from './harness.ts';
import { useServer } from './setup.ts';

const t = useServer();
const TAKEN = { code: 'NAME_TAKEN', message: 'This name is taken or looks like one that is.' };

async function signUp(name: string, username: string) {
  const account = { name, username, email: `${username}@example.com`, password: 'live-likes-demo' };
  const answer = await callAs('', `${t.server.url}/api/auth/sign-up/email`, 'POST', account);
  return { status: answer.status, body: (await answer.json()) as { code?: string; user?: { name: string } } };
}

function guest() {
  return callAs('', `${t.server.url}/api/auth/sign-in/anonymous`, 'POST', {});
}

test.each([
  ['Аliсе', 'other'],
  [' A L I C E ', 'other'],
  ['Nobody Else', 'a1ice'],
  ['Nobody Else', 'B0B'],
  ['alice', 'other'],
])('nobody signs up as %j with the username %j beside Alice and Bob', async (name, username) => {
  expect(await signUp(name, username)).toEqual({ status: 400, body: TAKEN });
});

test('a name is kept tidy, and its owner may write it otherwise', async () => {
  expect(await signUp('  Zoe\u0308   Ann ', 'zoe.ann')).toMatchObject({
    body: { user: { name: 'Zoë Ann' } },
  });
  const zoe = await t.person('zoe.ann');
  expect((await zoe.call('POST', '/api/auth/update-user', { name: 'ZOË ANN' })).status).toBe(200);
  const taken = await zoe.call('POST', '/api/auth/update-user', { name: 'B0b' });
  expect([taken.status, await taken.json()]).toEqual([400, TAKEN]);
  expect(await signUp('zoëann', 'zoe.other')).toMatchObject({ status: 400 });
  // The name that was left is free again.
  expect((await zoe.call('POST', '/api/auth/update-user', { name: 'Zoë B' })).status).toBe(200);
  expect(await signUp('Zoë Ann', 'zoe.other')).toMatchObject({ status: 200 });
});

test.each(['a\u202eb', 'a\u200bb', '\ud800', '\u3164', 'a\u0007b'])(
  '%j is refused with a sentence',
  async (name) => {
    expect(await signUp(name, 'unseen')).toMatchObject({
      status: 400,
      body: { code: 'INVALID', message: 'A name has 1 to 50 characters, all of which can be seen.' },
    });
  },
);

test('of two who sign up at once with one name, one gets it', async () => {
  const answers = await Promise.all(
    ['same.one', 'same.two', 'same.three'].map((name) => signUp('Same Name', name)),
  );
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
    200,
    expect.any(Number),
    expect.any(Number),
  ]);
  expect(answers.filter(({ status }) => status >= 400 && status < 500)).toHaveLength(2);
});

test('the database itself keeps names apart', async () => {
  const db = new DatabaseSync(t.server.databasePath, { timeout: 5_000 });
  const steal = `UPDATE user SET nameSkeleton = (SELECT nameSkeleton FROM user WHERE username = 'alice') WHERE username = 'bob'`;
  expect(() => db.exec(steal)).toThrow('looks like');
  db.close();
});

test('guests never want for a name', { timeout: 60_000 }, async () => {
  const names = await Promise.all(
    Array.from({ length: 30 }, async () => {
      const { user } = (await (await guest()).json()) as { user: { name: string } };
      return user.name;
    }),
  );
  expect(new Set(names).size).toBe(30);
  const latest = Math.max(...names.map((name) => Number(name.slice('Guest '.length))));
  expect(await signUp(`Guest ${latest + 1}`, 'no.guest')).toMatchObject({ status: 200 });
  expect((await guest()).status).toBe(200);
});
