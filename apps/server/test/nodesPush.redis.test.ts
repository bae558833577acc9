import { afterAll, describe, expect, test } from 'vitest';
import webPush from 'web-push';
import { next, type Person } from './harness.ts';
import { useNodes, withoutRedis } from './nodes.ts';
import { startPushService } from './pushService.ts';
import { SkippingClock } from './skippingClock.ts';

/** The time to be seen is over by then. */
const SEEN_BY_MS = 11_000;

const vapid = { ...webPush.generateVAPIDKeys(), subject: 'mailto:ops@example.com' };
const clock = new SkippingClock();
const service = await startPushService(vapid.publicKey);
afterAll(() => service.close());

const like = (person: Person, postId: string) => person.ask('PUT', `/api/posts/${postId}/like`);

describe.skipIf(withoutRedis)('Web Push from two nodes', () => {
  const nodes = useNodes({ vapid, clock, rates: null });

  async function subscriber(name: string) {
    const person = await nodes.person(nodes.a, name);
    await person.ask('PATCH', '/api/me/settings', { system: true, quietHours: null });
    expect((await person.call('PUT', '/api/push', service.browser())).status).toBe(204);
    return person;
  }
  const told = () => service.received.map(({ message }) => message.notification.post?.excerpt);

  test('likes at both nodes are one push to somebody at neither', async () => {
    const alice = await subscriber('alice');
    const { id } = await alice.post('Liked from everywhere');
    await like(await nodes.person(nodes.a, 'bob'), id);
    await like(await nodes.person(nodes.b, 'carol'), id);
    await clock.skip(SEEN_BY_MS);
    const [push] = await service.pushes(1);
    expect(push?.message.notification).toMatchObject({ post: { id }, count: 2 });
    await like(await nodes.person(nodes.b, 'dave'), (await alice.post('Another')).id);
    await clock.skip(SEEN_BY_MS);
    await service.pushes(2);
    expect(told()).toEqual(['Liked from everywhere', 'Another']);
  });

  test('somebody at the other node gets none, and one who has left it does', async () => {
    service.received.length = 0;
    const bob = await subscriber('bob');
    const window = await nodes.socketAt(nodes.b, bob);
    const carol = await nodes.person(nodes.a, 'carol');
    const seen = next(window, 'inbox:changed');
    await like(carol, (await bob.post('Seen at the other node')).id);
    await seen;
    await clock.skip(SEEN_BY_MS);
    window.disconnect();
    await expect.poll(() => nodes.b.app.io.of('/').sockets.size).toBe(0);
    await like(carol, (await bob.post('Missed')).id);
    await clock.skip(SEEN_BY_MS);
    await service.pushes(1);
    expect(told()).toEqual(['Missed']);
  });

  test('what was seen at another node meanwhile is not pushed', async () => {
    service.received.length = 0;
    const dave = await subscriber('dave');
    const bob = await nodes.person(nodes.a, 'bob');
    await like(bob, (await dave.post('Seen in between')).id);
    (await nodes.socketAt(nodes.b, dave)).disconnect();
    await expect.poll(() => nodes.b.app.io.of('/').sockets.size).toBe(0);
    await like(bob, (await dave.post('Not seen')).id);
    await clock.skip(SEEN_BY_MS);
    await service.pushes(1);
    expect(told()).toEqual(['Not seen']);
  });
});
