import { type ChildProcess, spawn } from 'node:child_process';
import { type EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { InboxPage } from '@live-likes/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { useServer } from '../apps/server/test/setup.ts';

const COMMAND = join(import.meta.dirname, '../scripts/simulate.ts');
const CHECKED = /^Checked: (\d+) likes .* as acknowledged, and (\d+) inboxes are what the server has\.$/m;
const t = useServer();
const strict = useServer({
  rates: { SIGN_UPS: { count: 3, seconds: 600 }, LIKES: { count: 4, seconds: 2 } },
});
let directory: string;
let peopleFile: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'live-likes-simulate-'));
  peopleFile = join(directory, 'kept/people.json');
});
afterEach(() => rmSync(directory, { recursive: true }));

/** `npm run simulate -- …args`, at a server of these tests. */
function simulate(args: string[], url = t.server.url) {
  const child = spawn(process.execPath, [COMMAND, '--people', peopleFile, ...args], {
    env: { PUBLIC_URL: url },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (data) => (said.out += data));
  child.stderr.on('data', (data) => (said.err += data));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, ...said }));
  return { child, said, ended };
}

const briefly = (users: number, likesPerSecond: number, seconds: number) =>
  `--users ${users} --likes-per-second ${likesPerSecond} --seconds ${seconds}`.split(' ');

const refused = (sentence: string) => ({ code: 1, out: '', err: `${sentence}\n` });

test('people like, are answered and told, and all of it is true', async () => {
  const alice = await t.person('alice');
  const { code, out, err } = await simulate(briefly(6, 60, 3)).ended;
  expect(err).toBe('');
  expect(out).toMatch(/^6 people like at http:\S+ for 3 s; Ctrl-C ends it earlier\.$/m);
  expect(out).toMatch(/^ +1 s · sent \d+ · acknowledged \d+ · refused 0 · .*online 6$/m);
  expect(out).toMatch(
    /6 people sent 180 likes and un-likes\. Acknowledged: 180 \(.*Refused: 0\. Pushes to them: [1-9]/,
  );
  expect(out).toMatch(
    /due to its acknowledgement: [\d.]+ \/ [\d.]+ ms; to its author, of [1-9]\d* likes .*: [\d.]+ \//,
  );
  expect(CHECKED.exec(out)?.slice(1)).toEqual([expect.stringMatching(/^[1-9]/), '6']);
  expect(code).toBe(0);
  // What it is for.
  expect((await alice.ask<InboxPage>('GET', '/api/inbox')).unread).toBeGreaterThan(0);
});

test('Ctrl-C ends it, and what it came to is said', async () => {
  const { child, said, ended } = simulate(briefly(3, 20, 600));
  await hears(child, said, 'acknowledged');
  child.kill('SIGINT');
  // As npm passes it on.
  child.kill('SIGINT');
  const { code, out, err } = await ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(CHECKED);
});

test('what the limits of the server hold back is sent later, and said', async () => {
  const { code, out } = await simulate(briefly(2, 14, 1), strict.server.url).ended;
  expect(out).toMatch(/Acknowledged: 14 .*Refused: \d+ \(RATE_LIMITED \d+\)/);
  expect(out).toContain('\nThe limits of the server held likes back, which were sent later: ');
  expect(code).toBe(0);
});

test('where the server makes no more accounts, those there are stay for the next time', async () => {
  const { code, err, out } = await simulate(briefly(5, 5, 1), strict.server.url).ended;
  expect({ code, out }).toEqual({ code: 1, out: '' });
  const have = Number(
    / (\d) of 5 people have one and keep it: go on with --users \1, try again in 10 min/.exec(err)?.[1],
  );
  expect(have).toBeGreaterThan(0);
  expect(await simulate(briefly(have, 2, 1), strict.server.url).ended).toMatchObject({ code: 0 });
});

test('somebody who is logged out is missed', async () => {
  const { child, said, ended } = simulate(briefly(2, 20, 600));
  await hears(child, said, 'acknowledged');
  const db = new DatabaseSync(t.server.databasePath, { timeout: 5_000 });
  db.exec('DELETE FROM session WHERE userId IN (SELECT id FROM user WHERE isAnonymous = 1)');
  db.close();
  const { code, out } = await ended;
  expect(out).toContain('The server ended 2 logins: ');
  expect(code).toBe(1);
});

test('a file of people that is none is one sentence', async () => {
  peopleFile = join(directory, 'people.json');
  writeFileSync(peopleFile, 'Ann, Ben');
  const sentence = `${peopleFile} cannot be read: remove it, and the people are made anew.`;
  expect(await simulate([]).ended).toEqual(refused(sentence));
});

test('no server, or another one than ours, is one sentence', async () => {
  const other = createServer((_req, res) => res.writeHead(404).end('not here')).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  expect(await simulate([], url).ended).toEqual(refused(`${url} is not a Live Likes server.`));
  other.close();
  await once(other, 'close');
  expect(await simulate([], url).ended).toEqual(
    refused(`No server answers at ${url}: start it, or name another one with --url.`),
  );
});

test('it says how it is used', async () => {
  expect(await simulate(['--help']).ended).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Usage: .*--likes-per-second 100/s),
  });
  expect(await simulate(['--user', '5']).ended).toMatchObject({
    code: 1,
    err: expect.stringContaining('Usage: '),
  });
});

async function hears(child: ChildProcess, said: { out: string }, text: string) {
  while (!said.out.includes(text)) await once(child.stdout as EventEmitter, 'data');
}
