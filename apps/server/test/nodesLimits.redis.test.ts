import { describe, expect, test } from 'vitest';
import { callAs } from './harness.ts';
import { useNodes, withoutRedis } from './nodes.ts';

describe.skipIf(withoutRedis)('limits of two nodes', () => {
  const nodes = useNodes({
    rates: { LIKES: { count: 10, seconds: 60 }, LOGIN_FAILURES: { count: 3, seconds: 60 } },
  });

  test('likes at both nodes count together', async () => {
    const bob = await nodes.person(nodes.a, 'bob');
    const { id } = await (await nodes.person(nodes.a, 'alice')).post('A favourite');
    const statusAt = async ({ url }: { url: string }, i: number) =>
      (await callAs(bob.cookie, `${url}/api/posts/${id}/like`, i % 2 ? 'DELETE' : 'PUT')).status;
    for (let i = 0; i < 10; i += 1) expect(await statusAt(nodes.a, i)).toBe(200);
    // The other node knows within a moment, long before it has counted ten itself.
    let tries = 0;
    await expect.poll(() => statusAt(nodes.b, (tries += 1)), { interval: 150, timeout: 3_000 }).toBe(429);
    expect(tries).toBeLessThan(8);
  });

  test('failed logins at both nodes count together, from the first one', async () => {
    const attempt = async ({ url }: { url: string }, password: string) => {
      const credentials = { username: 'carol', password };
      return (await callAs('', `${url}/api/auth/sign-in/username`, 'POST', credentials)).status;
    };
    const failed = [nodes.a, nodes.b, nodes.a].map((node) => attempt(node, 'a wrong password'));
    expect(await Promise.all(failed)).toEqual([401, 401, 401]);
    expect(await attempt(nodes.b, 'live-likes-demo')).toBe(429);
  });

  test('a Redis that hangs keeps nobody from logging in for long', async () => {
    const began = performance.now();
    process.kill(nodes.redis.pid(), 'SIGSTOP');
    const bob = await nodes.person(nodes.b, 'bob');
    await bob.socket();
    process.kill(nodes.redis.pid(), 'SIGCONT');
    // Each of the limits on the way waits in vain, for half a second here, until the connection is given up.
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  test('without Redis each node counts for itself, and goes on', async () => {
    const dave = await nodes.person(nodes.a, 'dave');
    const { id } = await dave.post('Written before');
    await nodes.redis.kill();
    const statuses: number[] = [];
    for (let i = 0; i < 11; i += 1)
      statuses.push((await dave.call(i % 2 ? 'DELETE' : 'PUT', `/api/posts/${id}/like`)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
    await nodes.redis.start();
  });
});
