import { DEFAULT_SETTINGS, type Me, type Settings } from '@live-likes/contract';
import { expect, test } from 'vitest';
import type { Call } from '../http/api.ts';
import { createMe } from './me.ts';

const user = { id: 'a', username: 'alice', name: 'Alice', image: null };
const settings = (rev: number, more: Partial<Settings> = {}) => ({ ...DEFAULT_SETTINGS, rev, ...more });

/** A server that answers each call when the test says so. */
function createServer() {
  const calls: { method: string; body: unknown; answer(value: unknown): void; refuse(): void }[] = [];
  const call = ((method, _path, body) =>
    new Promise((answer, reject) =>
      calls.push({ method, body, answer, refuse: () => reject(new Error('no')) }),
    )) as Call;
  return { calls, call };
}

async function known() {
  const server = createServer();
  const me = createMe(server.call);
  const refreshed = me.refresh();
  server.calls[0]?.answer({ user, admin: false, settings: settings(1), pushKey: null } satisfies Me);
  await refreshed;
  return { ...server, me };
}

test('a change is seen at once, and is the server’s after its answer', async () => {
  const { me, calls } = await known();
  const done = me.change({ toasts: false });
  expect(me.get()?.settings.toasts).toBe(false);
  await Promise.resolve();
  calls[1]?.answer(settings(2, { toasts: false }));
  await done;
  expect(me.get()?.settings).toEqual(settings(2, { toasts: false }));
});

test('a change that fails is taken back, and leaves the one after it', async () => {
  const { me, calls } = await known();
  const toasts = me.change({ toasts: false });
  const sound = me.change({ sound: true });
  await Promise.resolve();
  expect(calls).toHaveLength(2);
  calls[1]?.refuse();
  await expect(toasts).rejects.toThrow('no');
  expect(me.get()?.settings).toMatchObject({ toasts: true, sound: true });
  await expect.poll(() => calls.length).toBe(3);
  expect(calls[2]?.body).toEqual({ sound: true });
  calls[2]?.answer(settings(2, { sound: true }));
  await sound;
  expect(me.get()?.settings).toEqual(settings(2, { sound: true }));
});

test('a change elsewhere is taken over, and one that is late is not', async () => {
  const { me } = await known();
  me.take(settings(3, { sound: true }));
  me.take(settings(2, { sound: false }));
  expect(me.get()?.settings.sound).toBe(true);
});

test('a change elsewhere that comes before the first answer is newer than it', async () => {
  const { call, calls } = createServer();
  const me = createMe(call);
  const refreshed = me.refresh();
  me.take(settings(2, { sound: true }));
  expect(me.get()).toBeNull();
  calls[0]?.answer({ user, admin: false, settings: settings(1), pushKey: null });
  await refreshed;
  expect(me.get()?.settings).toEqual(settings(2, { sound: true }));
});

test('an older copy of the database that was put back is believed, and goes on from there', async () => {
  const { me, calls } = await known();
  me.take(settings(9, { sound: true }));
  const refreshed = me.refresh();
  calls[1]?.answer({ user, admin: false, settings: settings(3), pushKey: null });
  await refreshed;
  expect(me.get()?.settings).toEqual(settings(3));
  me.take(settings(4, { toasts: false }));
  expect(me.get()?.settings).toEqual(settings(4, { toasts: false }));
});

test('news waits for the settings, and goes by the defaults where they cannot be had', async () => {
  const server = createServer();
  const me = createMe(server.call);
  const goneBy = me.settings();
  void me.refresh();
  server.calls[0]?.answer({ user, admin: false, settings: settings(1, { toasts: false }), pushKey: null });
  expect((await goneBy).toasts).toBe(false);

  const failing = createServer();
  const unknown = createMe(failing.call);
  void unknown.refresh();
  failing.calls[0]?.refuse();
  expect(await unknown.settings()).toEqual(DEFAULT_SETTINGS);
});
