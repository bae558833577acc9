import type { AnnouncementsPage, Audience, InboxPage } from '@live-likes/contract';
import { expect, test } from 'vitest';
import { unavailable } from '../src/errors.ts';
import { useServer } from './setup.ts';

const t = useServer();

const reports = async (query = '') =>
  (await t.person('alice')).ask<AnnouncementsPage>('GET', `/api/announcements${query}`);

test('a report says who was to have it, who has it, and who has read it', async () => {
  const [alice, bob, carol] = await Promise.all(['alice', 'bob', 'carol'].map(t.person));
  await alice!.ask('POST', '/api/announcements', { text: 'to all' });
  await alice!.ask('POST', '/api/announcements', { text: 'to two', to: [bob!.user.id, carol!.user.id] });
  // Who comes later was not meant.
  await t.person('erin');
  const { items } = await bob!.ask<InboxPage>('GET', '/api/inbox');
  await bob!.ask('POST', '/api/inbox/read', { ids: items.map(({ id }) => id) });

  expect(await reports()).toMatchObject({
    announcements: [
      { text: 'to two', toEverybody: false, recipients: 2, delivered: 2, read: 1 },
      { text: 'to all', toEverybody: true, recipients: 4, delivered: 4, read: 1 },
    ],
    next: null,
  });
  const [newest] = (await reports()).announcements;
  expect(Math.abs(Date.parse(newest!.createdAt) - Date.now())).toBeLessThan(60_000);
});

test('an announcement on its way is in fewer inboxes than it is for', async () => {
  const [alice, bob] = await Promise.all(['alice', 'bob'].map(t.person));
  const { store } = t.server.storage;
  const { deliverAnnouncement } = store;
  store.deliverAnnouncement = () => Promise.reject(unavailable(null));
  await alice!.ask('POST', '/api/announcements', { text: 'on its way', to: [bob!.user.id] });
  expect((await reports('?limit=1')).announcements).toMatchObject([{ recipients: 1, delivered: 0, read: 0 }]);
  store.deliverAnnouncement = deliverAnnouncement;
});

test('the reports come in pages', async () => {
  const alice = await t.person('alice');
  for (const text of ['one', 'two', 'three']) await alice.ask('POST', '/api/announcements', { text });
  const texts = (page: AnnouncementsPage) => page.announcements.map(({ text }) => text);
  const first = await reports('?limit=2');
  expect(texts(first)).toEqual(['three', 'two']);
  expect(texts(await reports(`?limit=1&before=${first.next}`))).toEqual(['one']);
});

test('an audience is counted before anything is sent, and so are those of it who are here', async () => {
  const [alice, bob, carol] = await Promise.all(['alice', 'bob', 'carol'].map(t.person));
  const audience = (to?: string[]) => alice!.ask<Audience>('POST', '/api/announcements/audience', { to });
  const { recipients, online } = await audience();
  expect(online).toBe(0);
  await bob!.socket();
  await bob!.socket();
  await alice!.socket();
  expect(await audience()).toEqual({ recipients, online: 2 });
  const chosen = [bob!, carol!, carol!].map(({ user }) => user.id);
  expect(await audience([...chosen, 'unknown'])).toEqual({ recipients: 2, online: 1 });
});

test.each([
  ['GET', '/api/announcements', undefined],
  ['POST', '/api/announcements/audience', {}],
])('%s %s is for admins alone', async (method, path, body) => {
  const answer = await (await t.person('bob')).call(method, path, body);
  expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'FORBIDDEN' }]);
});

test.each([{ to: [] }, { to: 'everybody' }, { text: 'x' }])('an audience of %j is refused', async (body) => {
  const answer = await (await t.person('alice')).call('POST', '/api/announcements/audience', body);
  expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'INVALID' }]);
});
