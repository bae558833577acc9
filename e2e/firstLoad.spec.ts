import { gzipSync } from 'node:zlib';
import { expect, test } from './test.ts';

const BUDGET_BYTES = 110_000;
/** Fetched when all is calm, which may be before a slow machine is through with the login. */
const AFTERWARDS = /UpdateOffer/;

test('the first load brings at most 110 kB of JavaScript, and nothing from elsewhere', async ({
  visitor,
  server,
}) => {
  const person = await visitor();
  const scripts: Promise<Buffer>[] = [];
  const elsewhere: string[] = [];
  person.page.on('response', (response) => {
    if (new URL(response.url()).origin !== new URL(server.url).origin) elsewhere.push(response.url());
    if (AFTERWARDS.test(response.url())) return;
    if (response.request().resourceType() === 'script') scripts.push(response.body());
  });

  await person.continuesAs('alice');

  const sizes = (await Promise.all(scripts)).map((script) => gzipSync(script).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`JavaScript on first load: ${(total / 1_000).toFixed(1)} kB gzip (goal 110 kB)`);
  expect(total).toBeGreaterThan(0);
  expect(total).toBeLessThanOrEqual(BUDGET_BYTES);
  expect(elsewhere).toEqual([]);
});

test('the feed shows its skeleton before any answer of the API', async ({ actor }) => {
  const alice = await actor('alice');
  await alice.page.route('**/api/**', () => undefined);
  await alice.page.reload();
  await expect(alice.page.getByRole('main').getByRole('heading', { name: 'Loading' })).toBeAttached();
  await expect(alice.feed.posts).toHaveCount(0);
});
