import { expect, test } from 'vitest';
import { next, type RawSocket } from './harness.ts';
import { describeWithRedis, useNodes } from './nodes.ts';

let n = 0;
const op = () => ({ client: 'test', n: (n += 1) });
const like = (socket: RawSocket, postId: string, liked = true) =>
  socket.emitWithAck('like:set', { postId, liked, op: op() });

describeWithRedis('two nodes', () => {
  const nodes = useNodes();

  test('an author hears of a like at the other node', async () => {
    const alice = await nodes.person(nodes.a, 'alice');
    const { id } = await alice.post('Who is there?');
    const [author, bob] = [await alice.socket(), await (await nodes.person(nodes.b, 'bob')).socket()];
    const told = next(author, 'inbox:changed');
    await like(bob, id);
    const [{ items, unread }] = await told;
    expect(items).toMatchObject([{ post: { id }, actors: [{ username: 'bob' }], newCount: 1 }]);
    expect(unread).toBeGreaterThan(0);
  });

  test('each device of an author hears of it, at whichever node', async () => {
    const alice = await nodes.person(nodes.a, 'alice');
    const { id } = await alice.post('On two devices');
    const devices = [await nodes.socketAt(nodes.a, alice), await nodes.socketAt(nodes.b, alice)];
    const bob = await (await nodes.person(nodes.b, 'bob')).socket();
    const told = Promise.all(devices.map((device) => next(device, 'inbox:changed')));
    await like(bob, id);
    for (const [delta] of await told) expect(delta.items).toMatchObject([{ post: { id } }]);
  });

  test('the heart of another tab changes, at the other node', async () => {
    const alice = await nodes.person(nodes.a, 'alice');
    const { id } = await alice.post('Two tabs');
    const bob = await nodes.person(nodes.a, 'bob');
    const [here, there] = [await nodes.socketAt(nodes.a, bob), await nodes.socketAt(nodes.b, bob)];
    const told = next(there, 'like:changed');
    await like(here, id);
    expect((await told)[0]).toMatchObject({ postId: id, liked: true });
    const back = next(here, 'like:changed');
    await like(there, id, false);
    expect((await back)[0]).toMatchObject({ postId: id, liked: false });
  });

  test('those who watch a post at the other node see its count', async () => {
    const alice = await nodes.person(nodes.a, 'alice');
    const { id } = await alice.post('Watched');
    const carol = await (await nodes.person(nodes.a, 'carol')).socket();
    await carol.emitWithAck('posts:watch', { postIds: [id] });
    const people = ['bob', 'dave'];
    const told = next(carol, 'posts:changed', (counts) => counts.some(({ likeCount }) => likeCount === 2));
    for (const name of people) await like(await (await nodes.person(nodes.b, name)).socket(), id);
    expect((await told)[0]).toMatchObject([{ postId: id, likeCount: 2 }]);
  });

  test('a post that is written or deleted at one node is told of at the other', async () => {
    const carol = await (await nodes.person(nodes.b, 'carol')).socket();
    const alice = await nodes.person(nodes.a, 'alice');
    const created = next(carol, 'post:created');
    const { id } = await alice.post('New');
    expect((await created)[0]).toMatchObject({ post: { id, body: 'New' } });
    const deleted = next(carol, 'post:deleted');
    await alice.call('DELETE', `/api/posts/${id}`);
    expect((await deleted)[0]).toEqual({ postId: id });
  });

  test('settings change at all nodes', async () => {
    const alice = await nodes.person(nodes.a, 'alice');
    const there = await nodes.socketAt(nodes.b, alice);
    const told = next(there, 'settings:changed');
    await alice.ask('PATCH', '/api/me/settings', { sound: true });
    expect((await told)[0]).toMatchObject({ sound: true });
  });

  test('somebody at two nodes counts once', async () => {
    const alice = await nodes.person(nodes.a, 'alice');
    const here = await nodes.socketAt(nodes.a, alice);
    await nodes.socketAt(nodes.b, alice);
    const both = next(here, 'presence:changed', ({ online }) => online === 2);
    const bob = await (await nodes.person(nodes.b, 'bob')).socket();
    await both;
    const alone = next(here, 'presence:changed', ({ online }) => online === 1);
    bob.disconnect();
    await alone;
  });

  test('a logout reaches the sockets of the session at the other node', async () => {
    const alice = await nodes.person(nodes.a, 'alice');
    const there = await nodes.socketAt(nodes.b, alice);
    const ended = next(there, 'session:ended');
    const cut = new Promise((resolve) => there.once('disconnect', resolve));
    await alice.call('POST', '/api/auth/sign-out');
    expect((await ended)[0]).toEqual({ reason: 'logout' });
    await cut;
  });
});
