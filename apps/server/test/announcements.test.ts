import type { InboxPage } from '@live-likes/contract';
import type { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { unavailable } from '../src/errors.ts';
import { next, until } from './harness.ts';
import { useServer } from './setup.ts';

const t = useServer();

const people = () => Promise.all(['alice', 'bob', 'carol', 'dave'].map(t.person));

test('to everybody: now to those who are here, at the next login to the others', async () => {
  const [alice, bob, carol] = await people();
  const here = await bob!.socket();
  const changed = next(here, 'inbox:changed');

  expect(await alice!.ask('POST', '/api/announcements', { text: ' Hello all ' })).toEqual({ recipients: 4 });

  expect((await changed)[0].items).toMatchObject([
    { kind: 'announcement', text: 'Hello all', post: null, actors: [], count: 0, newCount: 1 },
  ]);
  const { ready } = await carol!.socket();
  expect(ready.inbox).toMatchObject({ unread: 1, items: [{ text: 'Hello all' }] });
});

test('to one and to many: to them and to nobody else', async () => {
  const [alice, bob, carol, dave] = await people();
  const texts = async (person: typeof bob) =>
    (await person!.ask<InboxPage>('GET', '/api/inbox')).items.map((item) => item.text);

  const toOne = await alice!.ask('POST', '/api/announcements', { text: 'for one', to: [bob!.user.id] });
  const toMany = { text: 'for two', to: [bob!.user.id, carol!.user.id, carol!.user.id, 'unknown'] };
  expect([toOne, await alice!.ask('POST', '/api/announcements', toMany)]).toEqual([
    { recipients: 1 },
    { recipients: 2 },
  ]);

  expect((await texts(bob)).slice(0, 2)).toEqual(['for two', 'for one']);
  expect((await texts(carol))[0]).toBe('for two');
  expect(await texts(dave)).not.toContain('for two');
});

test('only admins announce', async () => {
  const bob = await t.person('bob');
  const answer = await bob.call('POST', '/api/announcements', { text: 'me too' });
  expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'FORBIDDEN' }]);
});

test('10,000 recipients block nobody', { timeout: 60_000 }, async () => {
  const [alice, bob] = await people();
  const post = await alice!.post('liked meanwhile');
  const { db } = t.server.storage.accounts;
  const users = db as unknown as Kysely<{ user: Record<string, unknown> }>;
  const now = new Date().toISOString();
  for (let i = 0; i < 10_000; i += 1_000) {
    const rows = Array.from({ length: 1_000 }, (_, j) => `crowd${i + j}`).map((name) => ({
      id: name,
      name,
      email: `${name}@example.com`,
      emailVerified: 0,
      createdAt: now,
      updatedAt: now,
    }));
    await users.insertInto('user').values(rows).execute();
  }
  const liker = await bob!.socket();
  const announcing = { done: false };
  const announced = alice!
    .ask<{ recipients: number }>('POST', '/api/announcements', { text: 'crowd' })
    .finally(() => {
      announcing.done = true;
    });

  let n = 0;
  while (!announcing.done) {
    n += 1;
    await liker.emitWithAck('like:set', { postId: post.id, liked: n % 2 === 1, op: { client: 'tab', n } });
  }

  expect(await announced).toEqual({ recipients: 10_004 });
  // One after the other. If all were one transaction, the second would wait for its end.
  expect(n).toBeGreaterThan(5);
});

test('a fault of the storage on the way delays the others, and doubles nothing', async () => {
  const [alice, bob] = await people();
  const { store } = t.server.storage;
  const { deliverAnnouncement } = store;
  store.deliverAnnouncement = () => {
    store.deliverAnnouncement = deliverAnnouncement;
    return Promise.reject(unavailable(null));
  };
  const here = await bob!.client();
  const announced = () => [...here.inbox.get().items.values()].filter((item) => item.text === 'late');

  expect(await alice!.ask('POST', '/api/announcements', { text: 'late', to: [bob!.user.id] })).toEqual({
    recipients: 1,
  });
  expect(announced()).toEqual([]);

  await until(here.inbox, () => announced().length > 0);
  expect(await store.undeliveredAnnouncements()).toEqual([]);
  expect(announced()).toHaveLength(1);
});

test('one whose answer was lost, and that is sent again, reaches everybody once', async () => {
  const [alice, bob] = await people();
  const { store } = t.server.storage;
  const { createAnnouncement } = store;
  const here = await bob!.client();
  const announced = (text: string) =>
    [...here.inbox.get().items.values()].filter((item) => item.text === text);
  const losing = (answers: number) => {
    let left = answers;
    store.createAnnouncement = async (...announcement) => {
      const made = await createAnnouncement(...announcement);
      left -= 1;
      if (left >= 0) throw unavailable(null);
      return made;
    };
  };
  const send = (text: string) => alice!.call('POST', '/api/announcements', { text, to: [bob!.user.id] });

  losing(1);
  expect((await send('lost once')).status).toBeLessThan(300);
  losing(2);
  expect((await send('lost twice')).status).toBe(503);
  // It is delivered without being sent again, as whoever waits for it might never do so.
  await until(here.inbox, () => announced('lost twice').length > 0);
  expect((await send('lost twice')).status).toBeLessThan(300);
  // What comes after it has not overtaken it.
  await send('another');
  await until(here.inbox, () => announced('another').length > 0);
  expect([announced('lost once').length, announced('lost twice').length]).toEqual([1, 1]);
});
