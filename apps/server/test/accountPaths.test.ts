import { expect, test } from 'vitest';
import { createAuth } from '../src/auth/auth.ts';
import { createLog } from '../src/log.ts';
import { callAs } from './harness.ts';
import { useServer } from './setup.ts';

const USED_PATHS = new Set([
  'GET /get-session',
  'GET /list-sessions',
  'POST /sign-up/email',
  'POST /sign-in/username',
  'POST /sign-in/email',
  'POST /sign-in/anonymous',
  'POST /sign-out',
  'POST /change-password',
  'POST /update-user',
  'POST /revoke-session',
  'POST /revoke-sessions',
  'POST /revoke-other-sessions',
]);

const t = useServer();

test('what of the account library is not used is not there', async () => {
  const { cookie } = await t.person('alice');
  const body = { password: 'live-likes-demo', username: 'alice' };
  const unused = pathsOfTheLibrary().filter((path) => !USED_PATHS.has(path));
  const there: string[] = [];
  for (const path of unused) {
    const [method = '', below] = path.split(' ');
    const sent = method === 'GET' ? undefined : body;
    const { status } = await callAs(cookie, `${t.server.url}/api/auth${below}`, method, sent);
    if (status !== 404) there.push(`${status} ${path}`);
  }
  expect(there).toEqual([]);
  expect(unused).toContain('POST /verify-password');
});

/** Each with its method. */
function pathsOfTheLibrary(): string[] {
  const { api } = createAuth({
    database: t.server.storage.accounts,
    secret: 'a secret that is only used here',
    publicUrl: t.server.url,
    allowedOrigins: new Set(),
    log: createLog('silent'),
    onSessionEnded: () => undefined,
  });
  return Object.values(api)
    .filter(({ path }) => Boolean(path))
    .flatMap(({ path, options: { method } }) => [method].flat().map((verb) => `${verb} ${path}`));
}
