import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ANNOUNCEMENT_MAX_LENGTH, type InboxPage } from '@live-likes/contract';
import { expect, test } from 'vitest';
import type { Person } from './harness.ts';
import { useServer } from './setup.ts';

const COMMAND = join(import.meta.dirname, '../../../scripts/announce.ts');
const t = useServer();

/** `npm run announce -- …args`, at the server of these tests. */
async function announce(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [COMMAND, ...args], { env: { PUBLIC_URL: t.server.url, ...env } });
  const said = { out: '', err: '' };
  child.stdout.on('data', (data) => (said.out += data));
  child.stderr.on('data', (data) => (said.err += data));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...said };
}

const refused = (sentence: string) => ({ code: 1, out: '', err: `${sentence}\n` });

const texts = async (person: Person) =>
  (await person.ask<InboxPage>('GET', '/api/inbox')).items.map(({ text }) => text);

test('it sends to those who are named, and to nobody else', async () => {
  const [alice, bob, carol] = [await t.person('alice'), await t.person('bob'), await t.person('carol')];
  expect(await announce(['--to', 'bob, Carol,bob', 'Tea at four'])).toEqual({
    code: 0,
    out: 'Sent to 2 people.\n',
    err: '',
  });
  expect([await texts(alice), await texts(bob), await texts(carol)]).toEqual([
    [],
    ['Tea at four'],
    ['Tea at four'],
  ]);
});

test('without names it sends to everybody', async () => {
  const text = 'x'.repeat(ANNOUNCEMENT_MAX_LENGTH);
  expect(await announce([text])).toMatchObject({ code: 0, out: 'Sent to 4 people.\n' });
  expect((await texts(await t.person('dave')))[0]).toBe(text);
});

test('it leaves no session behind', async () => {
  const sessions = async () =>
    (await (await t.person('alice')).ask<unknown[]>('GET', '/api/auth/list-sessions')).length;
  const before = await sessions();
  await announce(['--to', 'bob', 'short visit']);
  expect(await sessions()).toBe(before);
});

test.each([
  ['an unknown username', ['--to', 'bob,nobody', 'x'], {}, 'There is nobody with the username nobody.'],
  ['somebody who is no admin', ['--as', 'bob', 'x'], {}, 'bob is not an admin (see ADMIN_USERS).'],
  [
    'a wrong password',
    ['x'],
    { LIVE_LIKES_PASSWORD: 'wrong' },
    'The password of alice is another one, or there is nobody named alice.',
  ],
  ['an empty text', [' \n '], {}, 'There is no text to announce.'],
  [
    'too long a text',
    ['x'.repeat(ANNOUNCEMENT_MAX_LENGTH + 1)],
    {},
    'text: Too big: expected string to have <=500 characters.',
  ],
  ['no list of names', ['--to', 'bob,', 'x'], {}, '--to must be a comma-separated list of usernames.'],
  [
    'no address',
    ['--url', 'localhost:3000', 'x'],
    {},
    '--url must be an http or https address, not "localhost:3000".',
  ],
])('%s is one sentence', async (_, args, env, sentence) => {
  const before = await texts(await t.person('bob'));
  expect(await announce(args, env)).toEqual(refused(sentence));
  expect(await texts(await t.person('bob'))).toEqual(before);
});

test('no server, or another one than ours, is one sentence', async () => {
  const other = createServer((_req, res) => res.writeHead(404).end('not here')).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  expect(await announce(['--url', url, 'x'])).toEqual(refused(`${url} is not a Live Likes server.`));
  other.close();
  await once(other, 'close');
  expect(await announce(['--url', url, 'x'])).toEqual(
    refused(`No server answers at ${url}: start it, or name another one with --url.`),
  );
});

test('where no answer comes, it says that the announcement may be on its way', async () => {
  const other = createServer((req, res) => {
    if (req.url === '/api/announcements') req.socket.destroy();
    else res.setHeader('set-cookie', 'session=1').end('{}');
  }).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  expect(await announce(['--url', url, 'x'])).toEqual(
    refused(
      `No answer came from ${url}, and the announcement may be on its way: look at ${url}/announcements before you send it again.`,
    ),
  );
  other.close();
});

test('it says how it is used', async () => {
  expect(await announce(['--help'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Usage: .*--to bob,carol/s),
  });
  expect(await announce(['--too', 'bob', 'x'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('Usage: '),
  });
});
