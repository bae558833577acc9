import { DEFAULT_SETTINGS, type Me, type Settings } from '@live-likes/contract';
import { expect, test } from 'vitest';
import { next } from './harness.ts';
import { useServer } from './setup.ts';

const t = useServer();

test('who I am: the user, what they may, how they want to be told', async () => {
  const [alice, guest] = await Promise.all([t.person('alice'), t.person('newcomer')]);
  expect(await alice.ask('GET', '/api/me')).toEqual({
    user: alice.user,
    admin: true,
    settings: DEFAULT_SETTINGS,
    pushKey: null,
  });
  expect(await guest.ask('GET', '/api/me')).toMatchObject({ user: guest.user, admin: false });
  expect((await fetch(`${t.server.url}/api/me`)).status).toBe(401);
});

test('a change reaches every device of the person, and nobody else', async () => {
  const [bob, carol] = await Promise.all([t.person('bob'), t.person('carol')]);
  const [phone, laptop, stranger] = await Promise.all([bob.socket(), bob.socket(), carol.socket()]);
  const heard: string[] = [];
  stranger.onAny((event: string) => heard.push(event));
  const told = [phone, laptop].map((device) => next(device, 'settings:changed'));

  const quietHours = { from: '22:30', to: '06:00', timeZone: 'Asia/Shanghai' };
  const settings = await bob.ask<Settings>('PATCH', '/api/me/settings', { sound: true, quietHours });

  expect(settings).toEqual({ ...DEFAULT_SETTINGS, sound: true, quietHours, rev: 1 });
  expect(await Promise.all(told)).toEqual([[settings], [settings]]);
  // The answer comes after everything that was sent before it.
  await stranger.emitWithAck('posts:watch', { postIds: [] });
  expect(heard).not.toContain('settings:changed');
});

test('different things changed at once on two devices all count, and both devices agree', async () => {
  const dave = await t.person('dave');
  const quietHours = { from: '23:00', to: '07:00', timeZone: 'Europe/Berlin' };
  const changes = [{ toasts: false }, { sound: true }, { system: true }, { quietHours }];
  const devices = await Promise.all([dave.socket(), dave.socket()]);
  const told = devices.map((device) => next(device, 'settings:changed', ({ rev }) => rev === changes.length));

  await Promise.all(changes.map((change) => dave.ask('PATCH', '/api/me/settings', change)));

  const settings = { toasts: false, sound: true, system: true, quietHours, rev: changes.length };
  expect(await Promise.all(told)).toEqual([[settings], [settings]]);
  expect((await dave.ask<Me>('GET', '/api/me')).settings).toEqual(settings);
});

test('a change that changes nothing is told to nobody', async () => {
  const erin = await t.person('erin');
  const socket = await erin.socket();
  const heard: Settings[] = [];
  socket.on('settings:changed', (settings) => heard.push(settings));
  const change = { toasts: false };
  const first = await erin.ask<Settings>('PATCH', '/api/me/settings', change);
  expect(await erin.ask('PATCH', '/api/me/settings', change)).toEqual(first);
  expect(await erin.ask('PATCH', '/api/me/settings', {})).toEqual(first);
  await socket.emitWithAck('posts:watch', { postIds: [] });
  expect(heard).toEqual([first]);
});

test.each([
  [{ toasts: 'yes' }, /^toasts: /],
  [{ rev: 7 }, /./],
  [{ volume: 3 }, /volume/],
  [null, /./],
  [{ quietHours: { from: '24:00', to: '07:00', timeZone: 'UTC' } }, /^quietHours\.from: /],
  [{ quietHours: { from: '22:00', to: '07:00' } }, /^quietHours\.timeZone: /],
  [
    { quietHours: { from: '22:00', to: '07:00', timeZone: 'Mars/Olympus' } },
    /^quietHours\.timeZone: There is no such time zone\.$/,
  ],
  [
    { quietHours: { from: '22:00', to: '07:00', timeZone: '+01:00' } },
    /^quietHours\.timeZone: There is no such time zone\.$/,
  ],
])('the settings %j are refused, and nothing is changed', async (change, detail) => {
  const frank = await t.person('frank');
  const answer = await frank.call('PATCH', '/api/me/settings', change);
  expect([answer.status, await answer.json()]).toMatchObject([
    400,
    { code: 'INVALID', detail: expect.stringMatching(detail) },
  ]);
  expect((await frank.ask<Me>('GET', '/api/me')).settings).toEqual(DEFAULT_SETTINGS);
});

test.each(['UTC', 'Asia/Calcutta', 'America/Argentina/Buenos_Aires'])(
  '%s is a time zone',
  async (timeZone) => {
    const gina = await t.person('gina');
    const quietHours = { from: '00:00', to: '23:59', timeZone };
    expect(await gina.ask('PATCH', '/api/me/settings', { quietHours })).toMatchObject({ quietHours });
  },
);
