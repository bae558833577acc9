import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InboxPage, Notification } from '@live-likes/contract';
import type { LiveClient } from '@live-likes/client';
import { expect, test } from 'vitest';
import { login, type Opened, type Person, startServer, until } from './harness.ts';
import { useServer } from './setup.ts';

const t = useServer();

const itemOf = (client: LiveClient, postId: string) =>
  [...client.inbox.get().items.values()].find((item) => item.post?.id === postId);

/** Resolves when the client's notification of the post is as wanted. */
const untilItem = (client: LiveClient, postId: string, matches: (item: Notification) => boolean) =>
  until(client.inbox, () => {
    const item = itemOf(client, postId);
    return item !== undefined && matches(item);
  });

const like = (person: Person, postId: string) => person.ask('PUT', `/api/posts/${postId}/like`);

test('a muted post is quiet on every device, and speaks again when it may', async () => {
  const [author, bob, carol, dave] = await Promise.all(['ann', 'bob', 'carol', 'dave'].map(t.person));
  const post = await author!.post('a popular one');
  const pops: string[] = [];
  let gone = 0;
  const [phone, laptop] = await Promise.all([
    author!.client({
      onAlert(a) {
        if (a.kind === 'show') pops.push(a.notification.actors[0]!.name);
        if (a.kind === 'dismiss') gone += 1;
      },
    }),
    author!.client(),
  ]);
  await like(bob!, post.id);
  for (const device of [phone, laptop]) await untilItem(device, post.id, (item) => item.newCount === 1);

  expect((await author!.call('PUT', `/api/posts/${post.id}/mute`)).status).toBe(204);
  for (const device of [phone, laptop]) {
    await untilItem(device, post.id, (item) => item.post?.muted === true && item.newCount === 1);
    expect(device.inbox.get().unread).toBe(1);
  }
  expect(gone).toBe(1);
  await like(carol!, post.id);
  await untilItem(phone, post.id, (item) => item.count === 2 && item.newCount === 1);
  expect(pops).toEqual([bob!.user.name]);

  expect((await author!.call('DELETE', `/api/posts/${post.id}/mute`)).status).toBe(204);
  await untilItem(laptop, post.id, (item) => item.post?.muted === undefined && item.newCount === 1);
  await like(dave!, post.id);
  for (const device of [phone, laptop]) {
    await untilItem(device, post.id, (item) => item.count === 3 && item.newCount === 2);
    expect(device.inbox.get().unread).toBe(1);
  }
  expect(pops).toEqual([bob!.user.name, dave!.user.name]);
});

test('only its author mutes a post, and it must be there', async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const post = await alice.post('not yours');
  for (const method of ['PUT', 'DELETE']) {
    const refused = await bob.call(method, `/api/posts/${post.id}/mute`);
    expect([refused.status, await refused.json()]).toMatchObject([
      403,
      { code: 'FORBIDDEN', detail: 'Only its author can mute a post.' },
    ]);
    const unknown = await bob.call(method, '/api/posts/unknown/mute');
    expect([unknown.status, await unknown.json()]).toMatchObject([404, { code: 'NOT_FOUND' }]);
  }
  await like(bob, post.id);
  const { items } = await alice.ask<InboxPage>('GET', '/api/inbox');
  expect(items[0]).toMatchObject({ post: { id: post.id }, newCount: 1 });
});

test('a mute outlives a restart of the server', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'live-likes-mute-'));
  const opened: Opened = [];
  const first = await startServer({ directory });
  const author = await login(first, 'alice', opened);
  const post = await author.post('muted before');
  await author.call('PUT', `/api/posts/${post.id}/mute`);
  await first.close();

  const second = await startServer({ directory });
  const [again, bob] = await Promise.all(['alice', 'bob'].map((name) => login(second, name, opened)));
  await like(bob!, post.id);
  const { items, unread } = await again!.ask<InboxPage>('GET', '/api/inbox');
  expect(unread).toBe(0);
  expect(items).toMatchObject([{ post: { id: post.id, muted: true }, count: 1, newCount: 0 }]);
  await second.close();
  rmSync(directory, { recursive: true });
});
