import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { useServer } from '../apps/server/test/setup.ts';
import { logIn } from './accounts.ts';

const t = useServer();
let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'live-likes-accounts-'));
  file = join(directory, 'kept/people.json');
});
afterEach(() => rmSync(directory, { recursive: true }));

const enter = (count: number, asked = new AbortController().signal) =>
  logIn(t.server.url, count, file, asked);
const kept = () => (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string[]>)[t.server.url];

test('those who are not needed this time are kept, and those who are gone are made anew', async () => {
  const [ann, ben, cem] = await enter(3);
  expect(await enter(1)).toEqual([ann]);
  expect(kept()).toEqual([ann?.cookie, ben?.cookie, cem?.cookie]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await fetch(`${t.server.url}/api/auth/sign-out`, {
    method: 'POST',
    headers: { cookie: ann?.cookie ?? '', 'content-type': 'application/json' },
    body: '{}',
  });
  const again = await enter(3);
  expect(again.slice(0, 2)).toEqual([ben, cem]);
  expect(kept()).toEqual(again.map(({ cookie }) => cookie));
});

test('who asks to stop keeps those who are in, and everybody of other servers', async () => {
  mkdirSync(join(directory, 'kept'));
  const others = { 'https://other.example': ['session=1'] };
  writeFileSync(file, JSON.stringify(others));
  const [ann] = await enter(1);
  expect(await enter(5, AbortSignal.abort())).toEqual([]);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ ...others, [t.server.url]: [ann?.cookie] });
});
