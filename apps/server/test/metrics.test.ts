import { expect, test } from 'vitest';
import { routeOf } from '../src/http/metrics.ts';
import { callAs, connect, startServer } from './harness.ts';
import { useServer } from './setup.ts';

const t = useServer({ rates: { LIKE_BURST: { count: 3, seconds: 60 } } });

/** What one line says, by its name and labels; undefined when there is no such line. */
async function metric(line: string, url = t.server.url): Promise<number | undefined> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const found = text.split('\n').find((each) => each.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length + 1));
}

const setLike = (postId: string, n: number) => ({ postId, liked: true, op: { client: 'metrics', n } });

test('likes are counted by what they were answered, through both doors, and their commits are timed', async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const post = await alice.post('to be counted');
  await alice.socket();
  const socket = await bob.socket();
  await socket.emitWithAck('like:set', setLike(post.id, 1));
  await socket.emitWithAck('like:set', setLike('unknown', 2));
  await bob.call('DELETE', `/api/posts/${post.id}/like`);
  await bob.call('PUT', `/api/posts/${post.id}/like`);
  await socket.emitWithAck('like:set', { nothing: 'of the kind' } as never);

  expect(await metric('live_likes_likes_total{outcome="ok"}')).toBe(2);
  expect(await metric('live_likes_likes_total{outcome="NOT_FOUND"}')).toBe(1);
  expect(await metric('live_likes_likes_total{outcome="RATE_LIMITED"}')).toBe(2);
  expect(await metric('live_likes_batch_likes_count')).toBe(3);
  expect(await metric('live_likes_batch_likes_sum')).toBe(3);
  expect(await metric('live_likes_commit_seconds_bucket{le="5"}')).toBe(3);
  await expect.poll(() => metric('live_likes_inbox_pushes_total{outcome="sent"}')).toBeGreaterThan(0);
});

test('sockets and people here are counted apart', async () => {
  const alice = await t.person('alice');
  const sockets = [await alice.socket(), await alice.socket()];
  expect(await metric('live_likes_sockets')).toBe(2);
  expect(await metric('live_likes_users')).toBe(1);
  for (const socket of sockets) socket.disconnect();
  await expect.poll(() => metric('live_likes_sockets')).toBe(0);
  expect(await metric('live_likes_users')).toBe(0);
});

test('handshakes are counted by why they were refused', async () => {
  const before = await metric('live_likes_handshakes_refused_total{reason="unauthenticated"}');
  const stranger = connect(t.server, {});
  await new Promise((resolve) => stranger.once('connect_error', resolve));
  await fetch(`${t.server.url}/socket.io/?EIO=4&transport=polling`, {
    headers: { origin: 'http://evil.test' },
  });
  await fetch(`${t.server.url}/socket.io/?EIO=4&transport=polling&sid=elsewhere`);

  expect(await metric('live_likes_handshakes_refused_total{reason="unauthenticated"}')).toBe(
    (before ?? 0) + 1,
  );
  expect(await metric('live_likes_handshakes_refused_total{reason="origin"}')).toBe(1);
  expect(await metric('live_likes_handshakes_refused_total{reason="unknown_sid"}')).toBe(1);
});

test('calls are counted by the kind of their address, and no label says more', async () => {
  const { cookie, user } = await t.person('alice');
  await callAs(cookie, `${t.server.url}/api/users/${user.username}`, 'GET');
  await callAs(cookie, `${t.server.url}/api/made-up-${user.id}`, 'GET');

  expect(await metric('live_likes_http_requests_total{route="users",status="200"}')).toBe(1);
  expect(await metric('live_likes_http_requests_total{route="other",status="404"}')).toBe(1);
  const text = await (await fetch(`${t.server.url}/metrics`)).text();
  for (const secret of [user.id, user.username, '127.0.0.1']) expect(text).not.toContain(secret);
});

test.each([
  ['/', 'page'],
  ['/posts/1', 'page'],
  ['/assets/x.js', 'asset'],
  ['/healthz', 'probe'],
  ['/api/posts/1/like', 'like'],
  ['/API/Posts/1/like/', 'like'],
  ['/api/posts/1/likers', 'posts'],
  ['/api/auth/sign-out', 'auth'],
  ['/api/__proto__', 'other'],
  ['/api', 'other'],
])('%s counts as %s', (path, route) => {
  expect(routeOf(path)).toBe(route);
});

test('the process and its event loop are watched, and the storage is up', async () => {
  expect(await metric('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
  expect(await metric('process_resident_memory_bytes')).toBeGreaterThan(0);
  expect(await metric('live_likes_up{service="storage"}')).toBe(1);
  expect(await metric('live_likes_draining')).toBe(0);
});

test('a token keeps others from reading them', async () => {
  const server = await startServer({ metricsToken: 'a-token' });
  const ask = (authorization?: string) =>
    fetch(`${server.url}/metrics`, { headers: { ...(authorization && { authorization }) } });
  try {
    for (const wrong of [undefined, 'Bearer', 'Bearer a-toke', 'Bearer a-token2', 'Basic a-token']) {
      const answer = await ask(wrong);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(await answer.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
    }
    const answer = await ask('Bearer a-token');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(await answer.text()).toContain('live_likes_sockets 0');
  } finally {
    await server.close();
  }
});
