import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn, setTimeout as after } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { callAs, type Person } from './harness.ts';
import { useServer } from './setup.ts';

const COMMAND = join(import.meta.dirname, '../../../scripts/ban.ts');
const t = useServer();
/** The next beat of the other's heart is too far away to matter. */
const beating = useServer({ headIntervalMs: 200 });

/** `npm run ban -- …args`, at the database of these tests. */
async function ban(...args: string[]) {
  const env = { DATABASE_URL: `file:${t.server.databasePath}` };
  const child = spawn(process.execPath, [COMMAND, ...args], { env });
  const said = { out: '', err: '' };
  child.stdout.on('data', (data) => (said.out += data));
  child.stderr.on('data', (data) => (said.err += data));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...said };
}

async function endOf(person: Person) {
  const socket = await person.socket();
  const heard: unknown[] = [];
  socket.on('session:ended', (end) => heard.push(end));
  const gone = new Promise((resolve) => socket.once('disconnect', resolve));
  return gone.then(() => heard);
}

/** As another process changes it. */
function write(sql: string, values: string[] = [], { server } = t) {
  const db = new DatabaseSync(server.databasePath, { timeout: 5_000 });
  db.prepare(sql).run(...values);
  db.close();
}

/** By a timer of the server's own process, which stands still when the server does. */
async function expectCutWithinASecond({ user }: Person) {
  const sockets = [...t.server.app.io.of('/').sockets.values()].filter(
    ({ data }) => data.login.user.id === user.id,
  );
  const cut = Promise.all(sockets.map((socket) => once(socket as never, 'disconnect')));
  const late = after(1_000, 'late').then(async (word) => {
    // What was begun by then goes as far as it gets without the network.
    for (let turns = 0; turns < 20; turns += 1) await nextTurn();
    return word;
  });
  expect(await Promise.race([cut, late])).not.toBe('late');
}

function logIn(username: string) {
  const credentials = { username, password: 'live-likes-demo' };
  return callAs('', `${t.server.url}/api/auth/sign-in/username`, 'POST', credentials);
}

test('a banned person loses every session with its sockets, and may log in when the ban is lifted', async () => {
  const [here, elsewhere, bob] = [
    await t.newLogin('mallory'),
    await t.newLogin('mallory'),
    await t.person('bob'),
  ];
  const stays = await bob.socket();
  const ends = [endOf(here), endOf(elsewhere)];
  await Promise.all([here.socket(), elsewhere.socket()]);

  expect(await ban('Mallory')).toEqual({ code: 0, out: 'mallory is banned.\n', err: '' });

  expect((await here.call('GET', '/api/posts')).status).toBe(401);
  expect((await Promise.all(ends)).flat()).toEqual([{ reason: 'revoked' }, { reason: 'revoked' }]);
  expect(await stays.emitWithAck('posts:watch', { postIds: [] })).toMatchObject({ ok: true });

  const refused = await logIn('mallory');
  expect([refused.status, await refused.json()]).toEqual([
    403,
    { code: 'BANNED', message: 'This account has been banned.' },
  ]);
  expect(refused.headers.getSetCookie()).toEqual([]);

  expect(await ban('--lift', 'mallory')).toMatchObject({ code: 0, out: 'mallory may log in again.\n' });
  expect((await logIn('mallory')).status).toBe(200);
});

test('who has the wrong password does not learn of the ban', async () => {
  await t.newLogin('trudy');
  await ban('trudy');
  const credentials = { username: 'trudy', password: 'wrong password' };
  const answer = await callAs('', `${t.server.url}/api/auth/sign-in/username`, 'POST', credentials);
  expect(answer.status).toBe(401);
});

test('nobody lifts or sets a ban through their profile, and nobody is told of it', async () => {
  const bob = await t.person('bob');
  expect((await bob.call('POST', '/api/auth/update-user', { banned: true })).status).toBe(400);
  const session = await bob.ask<{ user: object }>('GET', '/api/auth/get-session');
  expect(session.user).not.toHaveProperty('banned');
});

test('not even a session that is made at that very moment is left', async () => {
  const eve = await t.newLogin('eve');
  write(`UPDATE user SET banned = 1 WHERE username = 'eve'`);
  const insert = `INSERT INTO session (id, token, userId, expiresAt, createdAt, updatedAt) VALUES ('late', 'late', ?, '2100-01-01', '', '')`;
  expect(() => write(insert, [eve.user.id])).toThrow('banned');
});

test('a session that another process ends loses its sockets within a second', async () => {
  const people = [await t.newLogin('carol'), await t.newLogin('trent')];
  for (const person of people) {
    const end = endOf(person);
    await person.socket();
    // The second time right after the server has looked: it takes as long as it ever does.
    write('DELETE FROM session WHERE userId = ?', [person.user.id]);
    await expectCutWithinASecond(person);
    expect(await end).toEqual([{ reason: 'revoked' }]);
  }
});

test('a session that expires loses its sockets at the next heartbeat', async () => {
  const carol = await beating.newLogin('carol');
  const end = endOf(carol);
  await carol.socket();
  const soon = new Date(Date.now() + 1_000).toISOString();
  write('UPDATE session SET expiresAt = ? WHERE userId = ?', [soon, carol.user.id], beating);
  expect(await end).toEqual([{ reason: 'revoked' }]);
});

test('the command says what is wrong', async () => {
  expect(await ban('nobody')).toMatchObject({ code: 1, err: 'There is nobody with the username nobody.\n' });
  expect(await ban()).toMatchObject({ code: 1, err: expect.stringContaining('Usage:') });
});
