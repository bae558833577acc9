import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import webPush from 'web-push';
import { readConfig } from './config.ts';
import { DEFAULT_RATES } from './limits/rates.ts';

const { publicKey, privateKey } = webPush.generateVAPIDKeys();
const VAPID = {
  VAPID_PUBLIC_KEY: publicKey,
  VAPID_PRIVATE_KEY: privateKey,
  VAPID_SUBJECT: 'mailto:ops@example.com',
};

test('Web Push has all of its settings, or none', () => {
  expect(readConfig({}, false).vapid).toBeNull();
  expect(readConfig(VAPID, false).vapid).toEqual({
    publicKey,
    privateKey,
    subject: 'mailto:ops@example.com',
  });
});

test.each([
  [
    { VAPID_SUBJECT: '' },
    /^VAPID_SUBJECT must be set too, since VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY are: [^.]+\.$/,
  ],
  [
    { VAPID_PUBLIC_KEY: '', VAPID_SUBJECT: '' },
    /^VAPID_PUBLIC_KEY and VAPID_SUBJECT must be set too, since VAPID_PRIVATE_KEY is: [^.]+\.$/,
  ],
  [{ VAPID_PUBLIC_KEY: 'key' }, /^VAPID_PUBLIC_KEY must be a public key [^.]+, not "key"\.$/],
  [{ VAPID_PUBLIC_KEY: Buffer.alloc(65, 4).toString('base64url') }, /^VAPID_PUBLIC_KEY must be a public key/],
  [{ VAPID_PRIVATE_KEY: 'secret' }, /^VAPID_PRIVATE_KEY must be a private key [^."]+\.$/],
  [
    { VAPID_PRIVATE_KEY: webPush.generateVAPIDKeys().privateKey },
    /^VAPID_PRIVATE_KEY must be the one that belongs to VAPID_PUBLIC_KEY\.$/,
  ],
  [{ VAPID_SUBJECT: 'ops' }, /^VAPID_SUBJECT must be a mailto: or https: address .+, not "ops"\.$/],
])('with %j the start stops with one sentence', (wrong, sentence) => {
  expect(() => readConfig({ ...VAPID, ...wrong }, false)).toThrow(sentence);
});

test.each(['redis://localhost:6379', 'rediss://user:a%2Fb@redis.example.com:6380/2', 'redis://[::1]:6379/'])(
  'REDIS_URL may be %s',
  (url) => expect(readConfig({ REDIS_URL: url }, false).redisUrl).toBe(url),
);

test.each([
  'localhost:6379',
  'http://:secret@localhost',
  'redis://',
  'redis://:secret@host/name',
  'redis://:sec/ret@host',
  'redis://:sec%ret@host',
  'redis://us%er:secret@host',
])('REDIS_URL may not be %s, and what it is is not shown', (url) =>
  expect(() => readConfig({ REDIS_URL: url }, false)).toThrow(/^REDIS_URL must be redis:[^"]+\/0\.$/),
);

test.each([
  ['postgres:/user:secret@host/db', '***@host/db'],
  ['user:secret@host/db', '***@host/db'],
  ['postgres://user:sec@ret@host', 'postgres://***@host'],
  ['postgress://user:secret@host/db?password=sec@ret&x=1', 'postgress://***@host/db?password=***&x=1'],
])('DATABASE_URL may not be %s, and its password is not shown', (url, shown) =>
  expect(() => readConfig({ DATABASE_URL: url }, false)).toThrow(
    `DATABASE_URL must be file:PATH or postgres://USER:PASSWORD@HOST/DATABASE, not "${shown}".`,
  ),
);

test('without REDIS_URL the node is alone', () => {
  expect(readConfig({}, false).redisUrl).toBeNull();
  expect(readConfig({ REDIS_URL: '' }, false).redisUrl).toBeNull();
});

test('limits are on, each at its default or as it is set, and can be lifted', () => {
  expect(readConfig({}, false).rates).toEqual(DEFAULT_RATES);
  expect(readConfig({ LIMIT_LIKES: '5/2' }, false).rates).toEqual({
    ...DEFAULT_RATES,
    LIKES: { count: 5, seconds: 2 },
  });
  expect(readConfig({ LIMITS: 'off', LIMIT_LIKES: '5/2' }, false).rates).toBeNull();
});

test('no proxy is trusted but those that are counted', () => {
  expect(readConfig({}, false).trustProxy).toBe(0);
  expect(readConfig({ TRUST_PROXY: '2' }, false).trustProxy).toBe(2);
});

test.each([
  [{ LIMIT_LIKES: '300' }, 'LIMIT_LIKES must be COUNT/SECONDS, like 300/60, not "300".'],
  [{ LIMIT_POSTS: '0/60' }, 'LIMIT_POSTS must be COUNT/SECONDS, like 300/60, not "0/60".'],
  [{ LIMIT_LOGINS: '10/0' }, 'LIMIT_LOGINS must be COUNT/SECONDS, like 300/60, not "10/0".'],
  [{ LIMITS: 'none' }, 'LIMITS must be on or off, not "none".'],
  [{ TRUST_PROXY: 'true' }, 'TRUST_PROXY must be a number of proxies from 0 to 99, not "true".'],
  [{ TRUST_PROXY: '-1' }, 'TRUST_PROXY must be a number of proxies from 0 to 99, not "-1".'],
])('with %j the start stops with a sentence', (wrong, sentence) => {
  expect(() => readConfig(wrong, false)).toThrow(sentence);
});

test('the README has every limit with its default', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const rows = [...readme.matchAll(/^\| `LIMIT_(\w+)` +\| `(\d+)\/(\d+)` +\| /gm)];
  const told = rows.map(([, limit, count, seconds]) => [
    limit,
    { count: Number(count), seconds: Number(seconds) },
  ]);
  expect(told).toEqual(Object.entries(DEFAULT_RATES));
});

test('the demo is off with a PostgreSQL, unless it is wanted', () => {
  const postgres = { DATABASE_URL: 'postgres://localhost/likes', AUTH_SECRET: 'x'.repeat(32) };
  expect(readConfig({}, false)).toMatchObject({ demo: true, adminUsers: new Set(['alice']) });
  expect(readConfig(postgres, false)).toMatchObject({ demo: false, adminUsers: new Set() });
  expect(readConfig({ ...postgres, DEMO: '1' }, false).demo).toBe(true);
});
