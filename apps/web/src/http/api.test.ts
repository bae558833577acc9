import { beforeEach, expect, test, vi } from 'vitest';
import { createCall } from './api.ts';

const fetched = vi.fn<typeof fetch>();
beforeEach(() => vi.stubGlobal('fetch', fetched.mockReset()));

test('nobody is told of what was asked for a login that is over, and nothing more is sent for it', async () => {
  const login = new AbortController();
  const call = createCall({ ended: login.signal });
  fetched.mockResolvedValueOnce(Response.json({ id: 'p1' }));
  expect(await call('GET', '/posts/p1')).toEqual({ id: 'p1' });

  const late = [Promise.withResolvers<Response>(), Promise.withResolvers<Response>()] as const;
  for (const { promise } of late) fetched.mockReturnValueOnce(promise);
  const told = vi.fn<() => void>();
  for (const path of ['/posts/p1', '/posts/p2']) void call('DELETE', path).then(told, told);
  login.abort();
  late[0].resolve(new Response(null, { status: 204 }));
  late[1].resolve(Response.json({ code: 'FORBIDDEN' }, { status: 403 }));
  void call('DELETE', '/posts/p3').then(told, told);

  await new Promise((done) => setTimeout(done, 50));
  expect(told).not.toHaveBeenCalled();
  expect(fetched).toHaveBeenCalledTimes(3);
});
