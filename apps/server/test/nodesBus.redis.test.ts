import { type OwnRedis, startRedis } from '@live-likes/services/redis';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Bus, BusListener } from '../src/bus/bus.ts';
import { openRedisBus } from '../src/bus/redis/open.ts';
import { createLog } from '../src/log.ts';
import { QUICK, withoutRedis } from './nodes.ts';

const LIKE = { kind: 'like', state: { postId: 'post', liked: true, likeCount: 1, rev: 1 } } as const;

describe.skipIf(withoutRedis)('the bus', () => {
  const open: Bus[] = [];
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  let redis: OwnRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((bus) => bus.close()));
    lines.length = 0;
  });
  afterAll(() => redis.stop());

  async function node(name: string, url = redis.url) {
    const bus = await openRedisBus({ url, name, log, ...QUICK });
    open.push(bus);
    const listener = {
      user: vi.fn<BusListener['user']>(),
      common: vi.fn<BusListener['common']>(),
      keeper: vi.fn<BusListener['keeper']>(),
      absent: vi.fn<NonNullable<BusListener['absent']>>(),
      online: vi.fn<BusListener['online']>(),
      back: vi.fn<BusListener['back']>(),
      nodeEnded: vi.fn<BusListener['nodeEnded']>(),
    };
    bus.listen(listener);
    return { bus, listener };
  }

  async function published(work: () => Promise<void>) {
    const admin = new Redis(redis.url);
    const calls = async () =>
      Number(/cmdstat_spublish:calls=(\d+)/.exec(await admin.info('commandstats'))?.[1] ?? 0);
    const before = await calls();
    await work();
    const after = await calls();
    admin.disconnect();
    return after - before;
  }

  test('what concerns a user who is at no other node costs nothing, and is told to one that gets them', async () => {
    const [a, b] = [await node('quiet'), await node('quiet')];
    await a.bus.came('alice');
    // The answer to the greeting says that nobody else has her.
    await expect
      .poll(() => published(async () => a.bus.tellUser('alice', { kind: 'inbox', from: 1 })))
      .toBe(0);
    // Nor when a node where they are not has told of them, which is the one message here.
    const told = published(async () => {
      b.bus.tellUser('alice', { kind: 'inbox', from: 5 });
      await expect
        .poll(() => a.listener.user.mock.calls)
        .toContainEqual(['alice', { kind: 'inbox', from: 5 }]);
      a.bus.tellUser('alice', { kind: 'inbox', from: 6 });
      // What was sent before has been counted when this is answered.
      await a.bus.connected(['alice']);
    });
    expect(await told).toBe(1);
    a.bus.tellUser('alice', { kind: 'inbox', from: 7 });
    a.bus.tellUser('alice', LIKE);
    await b.bus.came('alice');
    await expect.poll(() => b.listener.user.mock.calls).toContainEqual(['alice', LIKE]);
    await expect.poll(() => b.listener.user.mock.calls).toContainEqual(['alice', { kind: 'inbox', from: 7 }]);
    b.listener.user.mockClear();
    a.bus.tellUser('alice', { kind: 'inbox', from: 8 });
    await expect.poll(() => b.listener.user.mock.calls).toContainEqual(['alice', { kind: 'inbox', from: 8 }]);
  });

  test('who is nowhere is said to be absent, and who is somewhere is not', async () => {
    const [a, b] = [await node('absent'), await node('absent')];
    await b.bus.came('alice');
    a.bus.tellUser('alice', { kind: 'inbox', from: 1 });
    a.bus.tellUser('bob', { kind: 'inbox', from: 2 });
    await a.bus.tellMany([
      { userId: 'alice', from: 3 },
      { userId: 'carol', from: 4 },
    ]);
    await expect
      .poll(() => a.listener.absent.mock.calls.flat(2))
      .toEqual([
        { userId: 'bob', from: 2 },
        { userId: 'carol', from: 4 },
      ]);
    expect([...(await a.bus.connected(['alice', 'bob']))]).toEqual(['alice']);
  });

  test('one node keeps whoever is absent, whichever is told', async () => {
    const [a, b] = [await node('kept'), await node('kept')];
    const tell = ({ bus }: typeof a, kind: string) => {
      for (let i = 0; i < 20; i += 1) bus.tellKeeper({ kind: 'arrived', userId: `${kind} ${i}` });
    };
    const keptBy = ({ listener }: typeof a, kind: string) =>
      listener.keeper.mock.calls.flatMap(([note]) =>
        note.kind === 'arrived' && note.userId.startsWith(kind) ? [note.userId] : [],
      );
    // Until they know of each other.
    for (const one of [a, b]) {
      let tries = 0;
      const kept = () => {
        tell(one, `try ${(tries += 1)} of`);
        return keptBy(one, `try ${tries} of`).length;
      };
      await expect.poll(kept).toBeLessThan(20);
    }
    for (const one of [a, b]) tell(one, 'user');
    await expect.poll(() => keptBy(a, 'user').length + keptBy(b, 'user').length).toBe(40);
    expect(keptBy(a, 'user').filter((userId) => keptBy(b, 'user').includes(userId))).toEqual([]);
    expect(keptBy(b, 'user').length).toBeGreaterThan(0);
  });

  test('a node that ends takes its users along at once, and others see it end', async () => {
    const [a, b] = [await node('ends'), await node('ends')];
    await a.bus.came('alice');
    await b.bus.came('bob');
    await expect.poll(() => a.bus.online()).toBe(2);
    await b.bus.close();
    await expect.poll(() => a.bus.online(), { timeout: 500 }).toBe(1);
    expect(a.listener.nodeEnded).toHaveBeenCalled();
  });

  test('two installations on one Redis know nothing of each other', async () => {
    const [a, b] = [await node('ours'), await node('theirs')];
    await a.bus.came('alice');
    await b.bus.came('alice');
    b.bus.tellUser('alice', { kind: 'inbox', from: 1 });
    b.bus.tellAll({ kind: 'deleted', postId: 'post' });
    await b.bus.came('bob');
    await expect.poll(() => b.bus.online()).toBe(2);
    expect(a.bus.online()).toBe(1);
    expect(a.listener.user).not.toHaveBeenCalled();
    expect(a.listener.common).not.toHaveBeenCalled();
  });

  test('what could not be told is told when Redis is back, and the people are counted again', async () => {
    const [a, b] = [await node('back'), await node('back')];
    await b.bus.came('alice');
    await redis.kill();
    await expect.poll(() => a.bus.online()).toBe(null);
    a.bus.tellUser('alice', { kind: 'inbox', from: 5 });
    a.bus.tellUser('alice', { kind: 'inbox', from: 6 });
    a.bus.tellAll({ kind: 'deleted', postId: 'post' });
    await expect(a.bus.connected(['alice'])).rejects.toThrow('away');
    await redis.start();
    await expect
      .poll(() => b.listener.common.mock.calls.flat(), { timeout: 10_000 })
      .toEqual([{ kind: 'deleted', postId: 'post' }]);
    expect(b.listener.user.mock.calls).toEqual([['alice', { kind: 'inbox', from: 5 }]]);
    expect(b.listener.back).toHaveBeenCalled();
    expect(a.bus.online()).toBe(1);
  });

  test('a Redis that has lost everything is joined anew', async () => {
    const [a, b] = [await node('flushed'), await node('flushed')];
    await a.bus.came('alice');
    await b.bus.came('bob');
    await expect.poll(() => a.bus.online()).toBe(2);
    const admin = new Redis(redis.url);
    await admin.flushall();
    admin.disconnect();
    await expect.poll(() => a.listener.back.mock.calls.length, { timeout: 5_000 }).toBe(1);
    await expect.poll(() => a.bus.online(), { timeout: 5_000 }).toBe(2);
    a.bus.tellUser('bob', { kind: 'inbox', from: 1 });
    await expect.poll(() => b.listener.user.mock.calls).toContainEqual(['bob', { kind: 'inbox', from: 1 }]);
  });

  test('a wrong password is said, and neither it nor the right one is shown', async () => {
    const admin = new Redis(redis.url);
    await admin.config('SET', 'requirepass', 'right-secret');
    const { bus } = await node('wrong', redis.url.replace('//', '//:wrong-secret@'));
    expect(bus.online()).toBe(null);
    expect(lines.join('')).toContain('WRONGPASS');
    await admin.config('SET', 'requirepass', 'wrong-secret');
    await expect.poll(() => bus.online(), { timeout: 5_000 }).toBe(0);
    await admin.config('SET', 'requirepass', '');
    admin.disconnect();
    expect(lines.join('')).not.toContain('secret');
  });
});
