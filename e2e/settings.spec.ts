import { DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST, OTHER_POST] = DEMO_POSTS.alice;

test('two devices agree on what tells of news, at once and after a restart', async ({ actor, server }) => {
  const [laptop, phone, bob] = await Promise.all([actor('alice'), actor('alice'), actor('bob')]);
  await Promise.all([laptop.opensSettings(), phone.opensSettings()]);
  for (const device of [laptop, phone]) {
    await device.seesSwitch('Pop-ups', 'on');
    await device.seesSwitch('Sound', 'off');
    await device.seesSwitch('System notifications', 'off');
    await device.seesSwitch('Quiet every day', 'off');
  }

  await laptop.turns('Pop-ups', 'off');
  await phone.seesSwitch('Pop-ups', 'off');
  await phone.turns('Sound', 'on');
  await laptop.seesSwitch('Sound', 'on');

  await server.kill();
  await laptop.isOffline();
  await server.restart();
  await laptop.isLive();
  await laptop.page.reload();
  await laptop.seesSwitch('Pop-ups', 'off');
  await laptop.seesSwitch('Sound', 'on');

  // Without pop-ups the badge still tells of a like; with them again, the next one pops up.
  await bob.isLive();
  await bob.likes(POST);
  await laptop.seesBadge(1);
  await laptop.turns('Pop-ups', 'on');
  await bob.likes(OTHER_POST);
  await laptop.seesToast('Bob liked your post');
  await laptop.seesBadge(2);
  expect(await laptop.toasts.history()).toEqual(['Bob liked your post']);
});

test('a page that was just opened pops nothing up for whoever wants no pop-ups', async ({ actor }) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  await alice.opensSettings();
  await alice.turns('Pop-ups', 'off');
  // The settings are long on their way, and the like is there before them.
  const { promise: later, resolve: letGo } = Promise.withResolvers<void>();
  await alice.page.route('**/api/me', async (route) => {
    await later;
    await route.continue();
  });
  await alice.page.reload();
  await alice.isLive();
  await bob.likes(POST);
  await alice.seesBadge(1);
  letGo();

  await alice.seesSwitch('Pop-ups', 'off');
  await bob.likes(OTHER_POST);
  await alice.seesBadge(2);
  expect(await alice.toasts.history()).toEqual([]);
});

test('a setting that cannot be stored goes back, and says why', async ({ actor }) => {
  const alice = await actor('alice');
  await alice.opensSettings();
  await alice.page.route('**/api/me/settings', (route) => route.abort());

  await alice.settings.switch('Pop-ups').click();

  await alice.seesToast('Not saved: The server could not be reached.');
  await alice.seesSwitch('Pop-ups', 'on');
});
