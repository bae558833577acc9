import { DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST, OTHER_POST, THIRD_POST] = DEMO_POSTS.alice;
const HOUR = 3_600_000;
const START = Date.now();

/** `HH:MM` on a clock in Tokyo, some hours from the beginning of this test run. */
function inTokyo(hours: number) {
  return new Date(START + hours * HOUR).toLocaleTimeString('en-GB', {
    timeZone: 'Asia/Tokyo',
    hour: '2-digit',
    minute: '2-digit',
  });
}

test('in quiet hours the badge goes on and nothing pops up, on every device, by the clock of the first', async ({
  visitor,
  actor,
}) => {
  const [home, abroad, bob] = await Promise.all([
    visitor({ timezoneId: 'Asia/Tokyo' }),
    visitor({ timezoneId: 'America/New_York' }),
    actor('bob'),
  ]);
  await Promise.all([home.logsInAs('alice'), abroad.logsInAs('alice')]);
  await Promise.all([home.opensSettings(), abroad.opensSettings()]);
  await home.turns('Quiet every day', 'on');
  await home.settings.from.fill(inTokyo(-1));
  await home.settings.to.fill(inTokyo(1));
  await expect(abroad.settings.from).toHaveValue(inTokyo(-1));
  await expect(abroad.settings.to).toHaveValue(inTokyo(1));

  await bob.likes(POST);
  await home.seesBadge(1);
  await abroad.seesBadge(1);

  // The same hours in New York are at another time.
  await abroad.page.getByRole('button', { name: 'Use Eastern Time' }).click();
  await expect(home.page.getByText('Time zone: Eastern Time')).toBeVisible();
  await bob.likes(OTHER_POST);
  for (const device of [home, abroad]) {
    await device.seesToast('Bob liked your post');
    await device.seesBadge(2);
    expect(await device.toasts.history()).toEqual(['Bob liked your post']);
  }
});

test('who comes back in quiet hours finds the number on the bell, and no pop-up before they are over', async ({
  visitor,
  actor,
}) => {
  const [alice, bob] = await Promise.all([visitor({ timezoneId: 'Asia/Tokyo' }), actor('bob')]);
  await alice.logsInAs('alice');
  await alice.opensSettings();
  await alice.turns('Quiet every day', 'on');
  await alice.settings.from.fill(inTokyo(-1));
  await alice.settings.to.fill(inTokyo(1));

  await alice.looksAway();
  await bob.likes(THIRD_POST);
  await alice.seesBadge(1);
  await alice.looksAgain();
  await alice.turns('Quiet every day', 'off');

  await alice.looksAway();
  await bob.likes(POST);
  await bob.likes(OTHER_POST);
  await alice.seesBadge(3);
  await alice.looksAgain();
  await alice.seesToast('While you were away: 2 likes on 2 posts');
  expect(await alice.toasts.history()).toEqual(['While you were away: 2 likes on 2 posts']);
});
