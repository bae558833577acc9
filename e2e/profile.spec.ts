import { violations } from './axe.ts';
import { DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [NEWEST] = DEMO_POSTS.alice;
const TEXT = 'Today the river was loud.';

test('a profile is found by a name in the feed, and shows what happens as it happens', async ({ actor }) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  await bob.feed.post(NEWEST).getByRole('link', { name: 'Alice' }).click();
  await expect(bob.page).toHaveURL(/\/people\/alice$/);
  const main = bob.page.getByRole('main');
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('Alice');
  await expect(main).toContainText('@alice');
  await expect(main).toContainText(/Joined \w+ \d+, \d{4}/);
  await expect(main.getByText('3 posts', { exact: true })).toBeVisible();
  await expect(main).not.toContainText('This is you');
  await expect(bob.feed.posts).toContainText([...DEMO_POSTS.alice]);

  await bob.likes(NEWEST);
  await alice.seesCount(NEWEST, 1);
  await alice.likes(NEWEST);
  await bob.seesCount(NEWEST, 2);

  const written = await bob.page
    .context()
    .request.post('/api/posts', { data: { body: 'By somebody else.' } });
  expect(written.status()).toBe(201);
  await alice.posts(TEXT);
  await expect(bob.feed.posts).toContainText([TEXT, ...DEMO_POSTS.alice]);
  await expect(bob.feed.posts).toHaveCount(4);
  await expect(main.getByText('4 posts', { exact: true })).toBeVisible();
  const { request } = alice.page.context();
  const { posts } = (await (await request.get('/api/posts?limit=1')).json()) as { posts: { id: string }[] };
  await request.delete(`/api/posts/${posts[0]?.id}`);
  await expect(bob.feed.posts).toContainText([...DEMO_POSTS.alice]);
  await expect(bob.feed.post(TEXT)).toHaveCount(0);
  await expect(main.getByText('3 posts', { exact: true })).toBeVisible();

  await bob.page.goBack();
  await expect(bob.feed.post(DEMO_POSTS.bob[0])).toBeVisible();
});

test('one’s own profile says so, and somebody who is not there is not found', async ({ actor }) => {
  const alice = await actor('alice');
  await alice.header.userMenu('Alice').click();
  await alice.header.menuItem('Your profile').click();
  await expect(alice.page.getByRole('heading', { name: 'Alice', level: 1 })).toBeVisible();
  await expect(alice.page.getByText('This is you')).toBeVisible();

  await alice.opens('/people/nobody.of.this.name');
  await expect(alice.page.getByRole('heading', { name: 'Nobody has this username' })).toBeVisible();
});

test.describe('by somebody who writes much', () => {
  test.use({ settings: { LIMITS: 'off' } });

  test('all that somebody wrote is there to scroll through, newest first', async ({ actor, server }) => {
    const alice = await actor('alice');
    const { request } = alice.page.context();
    for (let n = 1; n <= 30; n++) {
      const answer = await request.post('/api/posts', { data: { body: `Verse ${n} of a long song.` } });
      expect(answer.status()).toBe(201);
    }
    await alice.opens('/people/alice');
    await alice.isLive();
    await expect(alice.feed.posts.first()).toContainText('Verse 30 of');
    const oldest = alice.feed.post(DEMO_POSTS.alice[2]);
    await expect(async () => {
      await alice.page.keyboard.press('End');
      await expect(oldest).toBeInViewport({ timeout: 500 });
    }).toPass();
    expect(server.database.posts().length).toBeGreaterThan(33);
  });
});

test('axe finds nothing on a profile, in both themes', async ({ actor }) => {
  const alice = await actor('alice');
  await alice.opens('/people/alice');
  await expect(alice.feed.posts).toHaveCount(3);
  for (const colorScheme of ['light', 'dark'] as const) {
    await alice.page.emulateMedia({ colorScheme });
    expect(await violations(alice)).toEqual([]);
  }
  await alice.opens('/people/nobody.of.this.name');
  await expect(alice.page.getByRole('heading', { name: 'Nobody has this username' })).toBeVisible();
  expect(await violations(alice)).toEqual([]);
});
