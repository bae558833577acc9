import type { Post, PostsPage, Profile, UsersPage } from '@live-likes/contract';
import { expect, test } from 'vitest';
import { useServer } from './setup.ts';

const t = useServer();

test('everybody sees a profile, whatever the case of the username', async () => {
  const [bob, ann] = await Promise.all([t.person('bob'), t.person('ann_example')]);
  await ann.post('my first');
  const profile = await bob.ask<Profile>('GET', '/api/users/Ann_Example');
  expect(profile).toEqual({ user: ann.user, joinedAt: expect.any(String), postCount: 1 });
  expect(Math.abs(Date.parse(profile.joinedAt) - Date.now())).toBeLessThan(60_000);
  expect((await fetch(`${t.server.url}/api/users/ann_example`)).status).toBe(401);
});

test("a person's posts, page by page", async () => {
  const [bob, cleo] = await Promise.all([t.person('bob'), t.person('cleo')]);
  const posts: Post[] = [];
  for (let i = 0; i < 5; i += 1) posts.push(await cleo.post(`post ${i}`));
  await bob.post('in between');
  await bob.ask('PUT', `/api/posts/${posts[4]!.id}/like`);
  const seen: Post[] = [];
  for (let before: string | null = ''; before !== null;) {
    const page: PostsPage = await bob.ask('GET', `/api/users/CLEO/posts?limit=2&before=${before}`);
    seen.push(...page.posts);
    before = page.next;
  }
  expect(seen.map(({ id }) => id)).toEqual(posts.map(({ id }) => id).toReversed());
  expect(seen[0]).toMatchObject({ author: cleo.user, liked: true, likeCount: 1 });
});

test.each(['nobody', '%20', '..%2Falice', encodeURIComponent('小明'), 'x'.repeat(5_000)])(
  'nobody is called %s',
  async (username) => {
    const bob = await t.person('bob');
    for (const path of [username, `${username}/posts`]) {
      const answer = await bob.call('GET', `/api/users/${path}`);
      expect([answer.status, await answer.json()]).toMatchObject([
        404,
        { code: 'NOT_FOUND', detail: 'There is no such person.' },
      ]);
    }
  },
);

test('admins search people, others do not', async () => {
  const [alice, bob, zed] = await Promise.all([t.person('alice'), t.person('bob'), t.person('z_e_d')]);
  const search = (text: string) =>
    alice.ask<UsersPage>('GET', `/api/users?search=${encodeURIComponent(text)}`);
  expect(await search(' Z_E_ ')).toEqual({ users: [zed.user], next: null });
  expect((await search('_z')).users).toEqual([]);
  expect((await search('%')).users).toEqual([]);
  const everybody = await alice.ask<UsersPage>('GET', '/api/users?limit=50');
  expect(everybody.users).toEqual(expect.arrayContaining([alice.user, bob.user, zed.user]));
  const first = await alice.ask<UsersPage>('GET', '/api/users?limit=2');
  const second = await alice.ask<UsersPage>('GET', `/api/users?limit=50&before=${first.next}`);
  expect([...first.users, ...second.users]).toEqual(everybody.users);

  const refused = await bob.call('GET', '/api/users?search=a');
  expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'FORBIDDEN' }]);
});
