import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { signedCookie } from './cookie.ts';

const SECRET = 'a secret of the tests';
const sign = (token: string, secret = SECRET) =>
  encodeURIComponent(`${token}.${createHmac('sha256', secret).update(token).digest('base64')}`);
const read = (cookie: string | undefined) => signedCookie({ cookie }, 'live-likes.session_token', SECRET);

test('the token of a cookie that we signed is read, whatever stands beside it', () => {
  expect(read(`live-likes.session_token=${sign('abc')}`)).toBe('abc');
  expect(read(`theme=dark; live-likes.session_token=${sign('a.b.c')}; x=y`)).toBe('a.b.c');
});

test('of two cookies of the name the first one counts, as everywhere', () => {
  const pair = (token: string) => `live-likes.session_token=${sign(token)}`;
  expect(read(`${pair('ours')}; ${pair('planted')}`)).toBe('ours');
  expect(read(`live-likes.session_token=forged.forged; ${pair('ours')}`)).toBeNull();
});

test.each([
  ['no cookie at all', undefined],
  ['no cookie of ours', 'theme=dark'],
  ['a cookie of another name', `__Secure-live-likes.session_token=${sign('abc')}`],
  ['no signature', 'live-likes.session_token=abc'],
  ['an empty signature', 'live-likes.session_token=abc.'],
  ['a signature of another token', `live-likes.session_token=abd${sign('abc').slice(3)}`],
  ['a signature with another secret', `live-likes.session_token=${sign('abc', 'another secret')}`],
  ['a part of a signature', `live-likes.session_token=${decodeURIComponent(sign('abc')).slice(0, 20)}`],
  ['a signed nothing', `live-likes.session_token=${sign('')}`],
  ['broken encoding', 'live-likes.session_token=%E0%A4%A'],
])('%s lets nobody in', (_, cookie) => {
  expect(read(cookie)).toBeNull();
});
