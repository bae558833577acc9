import { DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST] = DEMO_POSTS.alice;

test('the page of a post says who liked it, live, and leads to them', async ({ actor }) => {
  const [alice, bob, carol] = await Promise.all([actor('alice'), actor('bob'), actor('carol')]);
  await alice.feed.opensPost(POST);
  const likers = alice.page.getByRole('region', { name: 'Who liked this' });
  await expect(likers).toContainText('Nobody yet.');

  await bob.likes(POST);
  await expect(likers.getByRole('listitem')).toContainText(['Bob']);
  await carol.likes(POST);
  await expect(likers.getByRole('listitem')).toContainText(['Carol', 'Bob']);
  await alice.likes(POST);
  await expect(likers.getByRole('listitem')).toContainText(['Alice', 'Carol', 'Bob']);
  await bob.unlikes(POST);
  await expect(likers.getByRole('listitem')).toContainText(['Alice', 'Carol']);

  await expect(likers.getByRole('link', { name: 'Carol' })).toHaveAttribute('href', '/people/carol');
});

test('who likes a post as another takes theirs back takes their place', async ({ actor }) => {
  const [alice, bob, carol] = await Promise.all([actor('alice'), actor('bob'), actor('carol')]);
  await alice.feed.opensPost(POST);
  const likers = alice.page.getByRole('region', { name: 'Who liked this' });
  await expect(likers).toContainText('Nobody yet.');
  await bob.likes(POST);
  await expect(likers.getByRole('listitem')).toContainText(['Bob']);

  // Both within the second in which the list is not fetched again.
  await Promise.all([bob.unlikes(POST), carol.likes(POST)]);

  await expect(likers.getByRole('listitem')).toContainText(['Carol']);
  await expect(likers.getByRole('listitem')).toHaveCount(1);
});

test('many who like a post come in pages, and a fault of the network is told', async ({ actor, server }) => {
  server.database.addLikers(POST, 45);
  const alice = await actor('alice');
  await alice.page.route('**/likers*', (route) => route.abort());
  await alice.feed.opensPost(POST);
  const likers = alice.page.getByRole('region', { name: 'Who liked this' });
  await expect(likers).toContainText('The server could not be reached.');
  await alice.page.unroute('**/likers*');
  await likers.getByRole('button', { name: 'Retry' }).click();

  await expect(likers.getByRole('listitem')).toHaveCount(20);
  await likers.getByRole('button', { name: 'Load more' }).click();
  await expect(likers.getByRole('listitem')).toHaveCount(40);
  await alice.likes(POST);
  await expect(likers.getByRole('listitem')).toHaveCount(41);
  await likers.getByRole('button', { name: 'Load more' }).press('Enter');
  await expect(likers.getByRole('listitem')).toHaveCount(46);
  await expect(likers.getByRole('button', { name: 'Load more' })).toHaveCount(0);
  // The first of those that were not there before.
  await expect(likers.getByRole('listitem').nth(41)).toBeFocused();
});
