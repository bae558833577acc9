import type { Post, PostsPage } from '@live-likes/contract';
import { expect, test } from 'vitest';
import { next } from './harness.ts';
import { useServer } from './setup.ts';

const t = useServer();

test('the demo has a dozen posts by four people, newest first', async () => {
  const bob = await t.person('bob');
  const { posts, next: following } = await bob.ask<PostsPage>('GET', '/api/posts');
  expect(posts).toHaveLength(12);
  expect(following).toBeNull();
  expect(new Set(posts.map((post) => post.author.username))).toEqual(
    new Set(['alice', 'bob', 'carol', 'dave']),
  );
  const times = posts.map((post) => post.createdAt);
  expect(times).toEqual(times.toSorted().toReversed());
});

test('pages follow one another without a gap, whatever limit is asked for', async () => {
  const bob = await t.person('bob');
  const all = (await bob.ask<PostsPage>('GET', '/api/posts?limit=50')).posts;
  const seen: Post[] = [];
  for (let before: string | null = ''; before !== null;) {
    const page: PostsPage = await bob.ask('GET', `/api/posts?limit=5&before=${before}`);
    expect(page.posts.length).toBeLessThanOrEqual(5);
    seen.push(...page.posts);
    before = page.next;
  }
  expect(seen).toEqual(all);
  expect((await bob.ask<PostsPage>('GET', '/api/posts?limit=0')).posts).toHaveLength(1);
  expect((await bob.ask<PostsPage>('GET', '/api/posts?limit=9999')).posts).toEqual(all);
  expect((await bob.ask<PostsPage>('GET', '/api/posts?limit=many')).posts).toEqual(all);
});

test('a new post is trimmed and shown to everybody', async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const socket = await bob.socket();
  const created = next(socket, 'post:created');
  const answer = await alice.call('POST', '/api/posts', { body: '  hi\nthere  ' });
  expect(answer.status).toBe(201);
  const post = (await answer.json()) as Post;
  expect(post).toMatchObject({ author: alice.user, body: 'hi\nthere', likeCount: 0, liked: false, rev: 0 });
  expect((await created)[0]).toEqual({ post });
});

test('a deleted post vanishes everywhere, its notification too', async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const post = await alice.post('short-lived');
  await bob.ask('PUT', `/api/posts/${post.id}/like`);
  const [author, reader] = await Promise.all([alice.socket(), bob.socket()]);
  const [deleted, changed] = [next(reader, 'post:deleted'), next(author, 'inbox:changed')];
  await alice.call('DELETE', `/api/posts/${post.id}`);
  expect((await deleted)[0]).toEqual({ postId: post.id });
  expect((await changed)[0].items).toMatchObject([{ removed: true, newCount: 0 }]);
});

test('`liked` is the own like of whoever asks', async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const post = await alice.post('whose like');
  await bob.ask('PUT', `/api/posts/${post.id}/like`);
  expect(await bob.ask('GET', `/api/posts/${post.id}`)).toMatchObject({ liked: true, likeCount: 1 });
  expect(await alice.ask('GET', `/api/posts/${post.id}`)).toMatchObject({ liked: false, likeCount: 1 });
  expect(await alice.ask('GET', `/api/posts/${post.id}/likers`)).toEqual({ users: [bob.user], next: null });
});
