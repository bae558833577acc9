import { once } from 'node:events';
import type { ChangeSettings, InboxPage, Me } from '@live-likes/contract';
import type { Kysely } from 'kysely';
import { afterAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import webPush from 'web-push';
import { startProxy } from './faults/proxy.ts';
import { PINGS } from '../src/realtime/pings.ts';
import { callAs, connect, next, type Person } from './harness.ts';
import { startPushService } from './pushService.ts';
import { useServer } from './setup.ts';
import { SkippingClock } from './skippingClock.ts';

const SECONDS = 1_000;
/** The time to be seen is over by then, and the rest between two pushes of one notification. */
const SEEN_BY = 11 * SECONDS;
const REST = 61 * SECONDS;
/** So long a browser gets nothing after all tries were in vain. */
const LEFT_ALONE = 300 * SECONDS;

const vapid = { ...webPush.generateVAPIDKeys(), subject: 'mailto:ops@example.com' };
const clock = new SkippingClock();
const t = useServer({ vapid, clock, rates: null });
const service = await startPushService(vapid.publicKey);
afterAll(() => service.close());

let alice: Person;
let bob: Person;
beforeEach(async () => {
  bob = await t.person('bob');
  // A session of its own for each test, with no subscription.
  alice = await t.newLogin('alice');
  await change(alice, { system: true, quietHours: null });
  await clock.skip(2 * REST);
  service.received.length = 0;
  return () => alice.call('POST', '/api/auth/sign-out', {});
});

const change = (person: Person, changes: ChangeSettings) => person.ask('PATCH', '/api/me/settings', changes);

async function subscribe(person: Person, subscription = service.browser()) {
  const answer = await person.call('PUT', '/api/push', subscription);
  expect(answer.status).toBe(204);
  return subscription;
}

const browsersOf = ({ user }: Person) =>
  t.server.storage.store.pushSubscriptions(user.id, new Date(clock.now()));
const like = (person: Person, postId: string) => person.ask('PUT', `/api/posts/${postId}/like`);
const unlike = (person: Person, postId: string) => person.ask('DELETE', `/api/posts/${postId}/like`);
const inbox = (person: Person) => person.ask<InboxPage>('GET', '/api/inbox');

/** The answer of the push service has come back, and the next try waits for its time. */
async function skipToNextTry(ms: number) {
  await expect.poll(() => clock.waits(ms)).toBe(true);
  await clock.skip(ms);
}

/** Closes a window, and waits until the server knows. */
async function leave({ id }: { id?: string | undefined }) {
  const served = t.server.app.io.of('/').sockets.get(id!)!;
  const gone = once(served, 'disconnect');
  served.disconnect(true);
  await gone;
}

/** The one push there is. Another like makes sure of it: what came before would have been pushed before. */
async function onlyPush() {
  const { id } = await alice.post('the next one');
  await like(bob, id);
  await clock.skip(SEEN_BY);
  await service.pushes(1);
  expect(service.received.map(({ message }) => message.notification.post?.excerpt)).toEqual(['the next one']);
}

test('who has no window open is told of a like, and of nobody but the liker', async () => {
  const { endpoint } = await subscribe(alice);
  const { id } = await alice.post('Hello from the river 🌅');
  await like(bob, id);
  await clock.skip(5 * SECONDS);
  expect(service.received).toEqual([]);
  await clock.skip(6 * SECONDS);

  const [push] = await service.pushes(1);

  const page = await inbox(alice);
  expect(push).toMatchObject({ endpoint, message: { notification: page.items[0], unread: page.unread } });
  expect(push!.message.notification).toMatchObject({
    kind: 'like',
    post: { id, excerpt: 'Hello from the river 🌅' },
    actors: [{ username: 'bob' }],
    count: 1,
    newCount: 1,
  });
  expect(push!.claims).toMatchObject({ sub: 'mailto:ops@example.com' });
  const validForS = push!.claims.exp - Date.now() / 1_000;
  expect(validForS > 0 && validForS <= 24 * 3_600).toBe(true);
  expect(push!.headers).toMatchObject({
    ttl: '86400',
    urgency: 'normal',
    topic: expect.stringMatching(/^[\w-]{32}$/),
  });
  expect(push!.bytes).toBeLessThan(2_000);
});

test('several likes within a minute are one push more, with the newest state', async () => {
  await subscribe(alice);
  const { id } = await alice.post('liked by many');
  const [carol, dave] = await Promise.all([t.person('carol'), t.person('dave')]);
  await like(bob, id);
  await clock.skip(SEEN_BY);
  await service.pushes(1);

  await like(carol, id);
  await clock.skip(20 * SECONDS);
  await like(dave, id);
  await clock.skip(20 * SECONDS);
  expect(service.received).toHaveLength(1);
  await clock.skip(REST);

  const pushes = await service.pushes(2);
  expect(pushes[1]!.message.notification).toMatchObject({
    count: 3,
    newCount: 3,
    actors: [{ username: 'dave' }, {}, {}],
  });
  expect(pushes[1]!.headers['topic']).toBe(pushes[0]!.headers['topic']);
  await clock.skip(2 * REST);
  expect(service.received).toHaveLength(2);
});

test('what comes within the minute is pushed after it, however much else was pushed meanwhile', async () => {
  await subscribe(alice);
  const { id } = await alice.post('liked twice');
  await like(bob, id);
  await clock.skip(SEEN_BY);
  await service.pushes(1);
  await like(await t.person('carol'), id);
  for (let i = 0; i < 10; i += 1) await like(bob, (await alice.post(`another ${i}`)).id);
  await clock.skip(SEEN_BY);
  await service.pushes(11);
  await clock.skip(REST);
  const pushes = await service.pushes(12);
  expect(pushes[11]!.message.notification).toMatchObject({ post: { id }, count: 2, newCount: 2 });
});

test('a visit in between does not shorten the minute, and what was seen in it is no news', async () => {
  await subscribe(alice);
  const { id } = await alice.post('liked twice');
  await like(bob, id);
  await clock.skip(SEEN_BY);
  await service.pushes(1);

  const window = await alice.socket();
  await like(await t.person('carol'), id);
  await leave(window);
  await like(await t.person('dave'), id);
  await clock.skip(20 * SECONDS);
  expect(service.received).toHaveLength(1);
  await clock.skip(REST);
  expect((await service.pushes(2))[1]!.message.notification).toMatchObject({ count: 3, newCount: 3 });

  await leave(await alice.socket());
  await unlike(bob, id);
  await clock.skip(2 * REST);
  expect(service.received).toHaveLength(2);
});

test('nothing is pushed while a window is open', async () => {
  await subscribe(alice);
  const window = await alice.socket();
  await like(bob, (await alice.post('seen in the window')).id);
  await clock.skip(SEEN_BY);
  await like(bob, (await alice.post('seen right before it was closed')).id);
  await leave(window);
  await clock.skip(SEEN_BY);
  await onlyPush();
});

/** A window of Alice's on a network of its own. */
async function windowBehindProxy(transports = ['websocket']) {
  const proxy = await startProxy(Number(new URL(t.server.url).port));
  onTestFinished(proxy.close);
  const window = connect({ ...t.server, url: proxy.url }, { cookie: alice.cookie }, {}, transports);
  const upgraded = transports.length > 1 && once(window.io.engine as never, 'upgrade');
  await next(window, 'session:ready');
  await upgraded;
  const served = t.server.app.io.of('/').sockets.get(window.id!)!;
  const lost = once(served, 'disconnect') as Promise<[string]>;
  return { window, proxy, lost };
}

test('what was pushed to a window that has fallen silent is pushed when that is noticed', async () => {
  await subscribe(alice);
  const { opts } = t.server.app.io.engine as unknown as { opts: typeof PINGS };
  Object.assign(opts, { pingInterval: 500, pingTimeout: 500 });
  onTestFinished(() => void Object.assign(opts, PINGS));
  const { proxy, lost } = await windowBehindProxy();
  await like(bob, (await alice.post('seen long ago')).id);
  await clock.skip(60 * SECONDS);
  for (const direction of ['toClient', 'toServer'] as const) proxy.swallow(direction);
  const unseen = ['not seen', 'nor this'];
  for (const text of unseen) {
    await like(bob, (await alice.post(text)).id);
    await clock.skip(10 * SECONDS);
  }
  expect(await lost).toEqual(['ping timeout', undefined]);
  await clock.skip(SEEN_BY);
  const pushes = await service.pushes(2);
  expect(new Set(pushes.map(({ message }) => message.notification.post?.excerpt))).toEqual(new Set(unseen));
});

test('what was pushed to a window whose network broke is pushed, unless it comes back', async () => {
  await subscribe(alice);
  const first = await windowBehindProxy();
  await like(bob, (await alice.post('seen after all')).id);
  first.proxy.reset();
  await first.lost;
  const second = await windowBehindProxy();
  await clock.skip(SEEN_BY);
  await like(bob, (await alice.post('not seen')).id);
  second.proxy.reset();
  await second.lost;
  await clock.skip(SEEN_BY);
  const [push] = await service.pushes(1);
  expect(push!.message.notification.post).toMatchObject({ excerpt: 'not seen' });
});

test.each([
  ['a window', ['websocket']],
  ['one that came by polling', ['polling', 'websocket']],
])('what was seen in %s right before it was closed is not pushed', async (_window, transports) => {
  await subscribe(alice);
  const { window, lost } = await windowBehindProxy(transports);
  await like(bob, (await alice.post('seen')).id);
  // As a browser does it when a tab is closed: with a word of the connection, and none of Socket.IO.
  window.io.engine.close();
  expect((await lost)[0]).toBe('transport close');
  await clock.skip(SEEN_BY);
  await onlyPush();
});

/** Alice comes, but her inbox cannot be read. */
async function comesInVain(meanwhile: () => Promise<unknown>) {
  vi.spyOn(t.server.storage.store, 'inboxSince').mockImplementationOnce(async () => {
    await meanwhile();
    throw new Error('locked');
  });
  const window = connect(t.server, { cookie: alice.cookie });
  await new Promise((resolve) => window.once('disconnect', resolve));
}

test('whoever comes and is not shown their inbox has seen nothing', async () => {
  await subscribe(alice);
  const [before, meanwhile] = [await alice.post('liked before'), await alice.post('liked meanwhile')];
  await like(bob, before.id);
  await comesInVain(() => Promise.resolve());
  await clock.skip(SEEN_BY);
  await service.pushes(1);
  await comesInVain(() => like(bob, meanwhile.id));
  await clock.skip(SEEN_BY);
  const pushes = await service.pushes(2);
  expect(pushes.map(({ message }) => message.notification.post?.id)).toEqual([before.id, meanwhile.id]);
});

test('nothing is pushed to who has looked in within ten seconds, even if they left again', async () => {
  await subscribe(alice);
  await like(bob, (await alice.post('seen soon')).id);
  await clock.skip(5 * SECONDS);
  await leave(await alice.socket());
  await clock.skip(SEEN_BY);
  await onlyPush();
});

test('what has had less than ten seconds to be seen waits for its own', async () => {
  await subscribe(alice);
  await like(bob, (await alice.post('first')).id);
  await clock.skip(6 * SECONDS);
  await like(bob, (await alice.post('second')).id);
  await clock.skip(5 * SECONDS);
  await service.pushes(1);
  await leave(await alice.socket());
  await clock.skip(SEEN_BY);
  expect(service.received.map(({ message }) => message.notification.post?.excerpt)).toEqual(['first']);
});

test('what was read, taken back or deleted within ten seconds is not pushed', async () => {
  await subscribe(alice);
  await like(bob, (await alice.post('read')).id);
  const page = await inbox(alice);
  await alice.ask('POST', '/api/inbox/read', { epoch: page.epoch, upTo: page.seq });
  const [undone, deleted] = [await alice.post('taken back'), await alice.post('deleted')];
  for (const { id } of [undone, deleted]) await like(bob, id);
  await unlike(bob, undone.id);
  await alice.call('DELETE', `/api/posts/${deleted.id}`);
  await clock.skip(SEEN_BY);
  await onlyPush();
});

test('a like that is taken back is no news of the others', async () => {
  await subscribe(alice);
  const { id } = await alice.post('liked by two');
  await like(bob, id);
  await like(await t.person('carol'), id);
  await clock.skip(SEEN_BY);
  await service.pushes(1);
  await clock.skip(REST);
  service.received.length = 0;
  await unlike(bob, id);
  await clock.skip(SEEN_BY);
  await onlyPush();
});

test('an announcement is pushed once', async () => {
  await subscribe(bob);
  await change(bob, { system: true });
  await alice.ask('POST', '/api/announcements', { text: 'Tea at four', to: [bob.user.id] });
  await clock.skip(SEEN_BY);
  expect((await service.pushes(1))[0]!.message.notification).toMatchObject({
    kind: 'announcement',
    text: 'Tea at four',
  });
  await clock.skip(2 * REST);
  expect(service.received).toHaveLength(1);
  await change(bob, { system: false });
});

test('who does not want system notifications, or has quiet hours, gets none', async () => {
  await subscribe(alice);
  await change(alice, { system: false });
  await like(bob, (await alice.post('unwanted')).id);
  await clock.skip(SEEN_BY);

  const quiet = new Date(clock.now() - 3_600_000).toISOString().slice(11, 16);
  const loud = new Date(clock.now() + 3_600_000).toISOString().slice(11, 16);
  await change(alice, { system: true, quietHours: { from: quiet, to: loud, timeZone: 'UTC' } });
  await like(bob, (await alice.post('at night')).id);
  await clock.skip(SEEN_BY);

  await change(alice, { quietHours: null });
  await onlyPush();
});

test('a post that its author has muted is not pushed', async () => {
  await subscribe(alice);
  const { id } = await alice.post('muted');
  await alice.call('PUT', `/api/posts/${id}/mute`);
  await like(bob, id);
  const late = await alice.post('muted when it was liked');
  await like(bob, late.id);
  await alice.call('PUT', `/api/posts/${late.id}/mute`);
  await clock.skip(SEEN_BY);
  await onlyPush();
});

test('a subscription that is gone is forgotten', async () => {
  await subscribe(alice);
  service.answerWith(410);
  await like(bob, (await alice.post('to nobody')).id);
  await clock.skip(SEEN_BY);
  await expect.poll(() => browsersOf(alice)).toEqual([]);
  await subscribe(alice);
  await onlyPush();
});

test('a push service that has no time is tried again, thrice at most', async () => {
  await subscribe(alice);
  service.answerWith(503, 429);
  await like(bob, (await alice.post('at the third try')).id);
  await clock.skip(SEEN_BY);
  await skipToNextTry(2 * SECONDS);
  await skipToNextTry(10 * SECONDS);
  await service.pushes(1);

  service.received.length = 0;
  const before = service.total();
  service.answerWith(500, 502, 503);
  await like(bob, (await alice.post('never')).id);
  await clock.skip(SEEN_BY);
  await skipToNextTry(2 * SECONDS);
  await skipToNextTry(10 * SECONDS);
  await service.attempts(before + 3);
  await clock.skip(REST);
  await like(bob, (await alice.post('to a browser that is left alone')).id);
  await clock.skip(LEFT_ALONE);
  await onlyPush();
  expect(service.total()).toBe(before + 4);
});

test('nothing is tried again for who has come or logged out meanwhile', async () => {
  const elsewhere = await t.newLogin('alice');
  await subscribe(elsewhere);
  const before = service.total();
  for (const end of [
    async () => void (await alice.socket()),
    async () => void (await elsewhere.call('POST', '/api/auth/sign-out', {})),
  ]) {
    service.answerWith(503);
    await like(bob, (await alice.post('once')).id);
    await clock.skip(SEEN_BY);
    await expect.poll(() => clock.waits(2 * SECONDS)).toBe(true);
    await end();
    await clock.skip(20 * SECONDS);
    for (const socket of t.server.app.io.of('/').sockets.values()) await leave(socket);
  }
  await subscribe(alice);
  await onlyPush();
  expect(service.total()).toBe(before + 3);
});

test('nothing is tried again of what was read, taken back, muted or deleted meanwhile', async () => {
  await subscribe(alice);
  const before = service.total();
  for (const end of [
    async () => {
      const { epoch, seq } = await inbox(alice);
      await alice.ask('POST', '/api/inbox/read', { epoch, upTo: seq });
    },
    (id: string) => unlike(bob, id),
    (id: string) => alice.call('PUT', `/api/posts/${id}/mute`),
    (id: string) => alice.call('DELETE', `/api/posts/${id}`),
  ]) {
    service.answerWith(503);
    const { id } = await alice.post('once');
    await like(bob, id);
    await clock.skip(SEEN_BY);
    await expect.poll(() => clock.waits(2 * SECONDS)).toBe(true);
    await end(id);
    await clock.skip(20 * SECONDS);
  }
  await onlyPush();
  expect(service.total()).toBe(before + 5);
});

test('who takes a like back and gives it again makes nothing buzz twice', async () => {
  await subscribe(alice);
  const { id } = await alice.post('liked, and liked again');
  await like(bob, id);
  await clock.skip(SEEN_BY);
  await service.pushes(1);
  for (let minute = 0; minute < 3; minute += 1) {
    await unlike(bob, id);
    await like(bob, id);
    await clock.skip(REST);
  }
  service.received.length = 0;
  await onlyPush();
});

test('a push service that does not answer is given up, and delays no like', async () => {
  await subscribe(alice);
  service.answerWith(0);
  const { id } = await alice.post('slow');
  await like(bob, id);
  const before = service.total();
  await clock.skip(SEEN_BY);
  await service.attempts(before + 1);
  expect(await unlike(bob, id)).toMatchObject({ liked: false });
  expect(await like(bob, id)).toMatchObject({ liked: true });
  await clock.skip(8 * SECONDS);
  await skipToNextTry(2 * SECONDS);
  expect((await service.pushes(1))[0]!.message.notification.post).toMatchObject({ id });
});

test('a logout ends the pushes to its browser, and no other', async () => {
  const elsewhere = await t.newLogin('alice');
  const [, other] = [await subscribe(elsewhere), await subscribe(alice)];
  await elsewhere.ask('POST', '/api/auth/sign-out');
  await onlyPush();
  expect(service.received[0]!.endpoint).toBe(other.endpoint);
});

test('a session that has expired gets none', async () => {
  const elsewhere = await t.newLogin('alice');
  await subscribe(elsewhere);
  const { db } = t.server.storage.accounts;
  const sessions = db as unknown as Kysely<{ session: { userId: string; expiresAt: string } }>;
  await sessions
    .updateTable('session')
    .set({ expiresAt: new Date(clock.now() - 1).toISOString() })
    .where('userId', '=', alice.user.id)
    .execute();
  alice = await t.newLogin('alice');
  const { endpoint } = await subscribe(alice);
  await onlyPush();
  expect(service.received[0]!.endpoint).toBe(endpoint);
});

test("nobody ends another's subscription; its own user does, from any session", async () => {
  const subscription = await subscribe(alice);
  const { endpoint } = subscription;
  expect((await bob.call('DELETE', '/api/push', { endpoint })).status).toBe(204);
  await onlyPush();

  const elsewhere = await t.newLogin('alice');
  expect((await elsewhere.call('DELETE', '/api/push', { endpoint })).status).toBe(204);
  expect(await browsersOf(alice)).toEqual([]);
});

test('a browser in which somebody else logs in is theirs from then on', async () => {
  const browser = await subscribe(alice);
  await subscribe(bob, browser);
  expect(await browsersOf(alice)).toEqual([]);
  expect(await browsersOf(bob)).toContainEqual(browser);
});

test('of eleven browsers the one registered longest ago gets no more', async () => {
  const browsers = Array.from({ length: 10 }, () => service.browser());
  for (const browser of browsers) await subscribe(alice, browser);
  await subscribe(alice, browsers[0]);
  const newest = await subscribe(await t.newLogin('alice'));
  const kept = await browsersOf(alice);
  const endpoints = kept.map(({ endpoint }) => endpoint);
  const expected = [...browsers.slice(2), browsers[0]!, newest].map(({ endpoint }) => endpoint);
  expect(endpoints).toEqual(expected);
});

test.each([
  [{ endpoint: 'http://push.example.com/x' }, 'The endpoint must be an https address.'],
  [{ endpoint: 'https://10.0.0.1/x' }, 'The endpoint must be a public address.'],
  [{ endpoint: 'https://169.254.169.254/latest' }, 'The endpoint must be a public address.'],
  [
    { keys: { p256dh: 'AAAA', auth: 'AAAAAAAAAAAAAAAAAAAAAA' } },
    'keys.p256dh must be a public key of P-256.',
  ],
  [{ keys: { ...service.browser().keys, auth: 'AAAA' } }, 'keys.auth must be 16 bytes.'],
])('the subscription %j is refused', async (wrong, detail) => {
  const answer = await alice.call('PUT', '/api/push', { ...service.browser(), ...wrong });
  expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'INVALID', detail }]);
});

test('the page is told the key to subscribe with', async () => {
  expect(await alice.ask<Me>('GET', '/api/me')).toMatchObject({ pushKey: vapid.publicKey });
});

test('without a login there is no subscription', async () => {
  const answer = await callAs('', `${t.server.url}/api/push`, 'PUT', service.browser());
  expect(answer.status).toBe(401);
});
