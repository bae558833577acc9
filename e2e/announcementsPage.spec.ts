import type { Actor } from './actors.ts';
import { violations } from './axe.ts';
import { AnnouncementsPage } from './pages/AnnouncementsPage.ts';
import { expect, test } from './test.ts';

const TEXT = 'The lift is being mended. Take the stairs, and a biscuit.';
/** What others read is asked for every few seconds. */
const NEXT_LOOK = { timeout: 8_000 };

test('an admin writes to two people with the keyboard alone; a third hears nothing', async ({
  actor,
  server,
}) => {
  const [alice, bob, carol, dave] = await Promise.all([
    actor('alice'),
    actor('bob'),
    actor('carol'),
    actor('dave'),
  ]);
  const { keyboard } = alice.page;
  await alice.header.userMenu('Alice').press('Enter');
  await alice.header.menuItem('Announcements').press('Enter');
  const page = new AnnouncementsPage(alice.page);
  await expect(page.audience('Reaches 4 people, 4 online now')).toBeVisible();

  await page.text.press('A');
  await keyboard.press('Backspace');
  await keyboard.type(TEXT);
  await expect(page.preview).toContainText(TEXT);
  await keyboard.press('Tab');
  await keyboard.press('ArrowDown');
  await expect(page.to('Chosen people')).toBeChecked();
  await expect(page.send).toBeDisabled();

  await keyboard.press('Tab');
  await expect(page.search).toBeFocused();
  // Everybody in turn, then away again.
  await keyboard.press('ArrowDown');
  await expect(page.offered).toHaveCount(4);
  await keyboard.press('ArrowUp');
  await expect(page.offered.last()).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Enter');
  await expect(page.chosen).toHaveText([/Dave/]);
  await keyboard.press('Backspace');
  await expect(page.chosen).toHaveCount(0);
  await keyboard.press('Escape');
  await expect(page.offered.first()).toBeHidden();

  await keyboard.type('BO');
  await expect(page.offered).toHaveText([/Bob/]);
  await keyboard.press('Enter');
  await keyboard.type('car');
  await expect(page.offered).toHaveText([/Carol/]);
  await keyboard.press('Enter');
  await expect(page.chosen).toHaveText([/Bob/, /Carol/]);
  await expect(page.audience('Reaches 2 people, 2 online now')).toBeVisible();

  await keyboard.press('Tab');
  await expect(page.send).toBeFocused();
  await keyboard.press('Enter');
  await alice.seesToast('Sent to 2 people.');
  await expect(page.text).toBeFocused();
  await expect(page.text).toHaveValue('');

  await Promise.all([bob.seesToast(TEXT), carol.seesToast(TEXT)]);
  await Promise.all([bob.seesBadge(1), carol.seesBadge(1), dave.seesBadge(0)]);
  expect(server.database.unread('dave')).toEqual({ counter: 0, notifications: 0 });
  expect(await dave.toasts.history()).toEqual([]);

  await expect(page.sent).toContainText([TEXT]);
  await expect(page.sent).toContainText(['To 2 people']);
  await expect(page.sent).toContainText(['Delivered to 2 of 2, read by 0']);
  await bob.seesNotifications(TEXT);
  await bob.inbox.markAllAsRead();
  await expect(page.sent).toContainText(['Delivered to 2 of 2, read by 1'], NEXT_LOOK);
});

test('sending to everybody is asked about first, and what failed is not lost', async ({ actor }) => {
  const [alice, dave] = await Promise.all([actor('alice'), actor('dave')]);
  const page = await announcementsOf(alice);
  await expect(alice.page.getByText('Nothing sent yet')).toBeVisible();
  await page.text.fill(TEXT);

  await page.text.press('Control+Enter');
  await expect(page.dialog).toContainText('It reaches 4 people');
  await alice.page.keyboard.press('Escape');
  await expect(page.dialog).toBeHidden();
  await expect(page.text).toBeFocused();

  await alice.page.route('**/api/announcements', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.fallback(),
  );
  await page.send.click();
  await page.confirm.click();
  await expect(page.problem).toContainText('The server could not be reached');
  await expect(page.text).toHaveValue(TEXT);

  await alice.page.unrouteAll();
  await page.send.click();
  await page.confirm.click();
  await alice.seesToast('Sent to 4 people.');
  await dave.seesToast(TEXT);
  await expect(page.problem).toBeHidden();
  await expect(page.sent).toContainText(['To everybody (4 people)']);
  expect(await dave.toasts.history()).toEqual([TEXT]);
});

test('who is online is counted as people come and go, at most once a second', async ({ actor, visitor }) => {
  const alice = await actor('alice');
  const asked: number[] = [];
  alice.page.on('requestfinished', (request) => {
    if (request.url().endsWith('/audience')) asked.push(request.timing().startTime);
  });
  const page = await announcementsOf(alice);
  await page.to('Chosen people').check();
  await page.search.fill('bob');
  await page.offered.first().click();
  await page.search.fill('dave');
  await page.offered.first().click();
  await expect(page.audience('Reaches 2 people, 0 online now')).toBeVisible();

  const bob = await visitor();
  await bob.logsInAs('bob');
  await expect(page.audience('Reaches 2 people, 1 online now')).toBeVisible();
  await bob.page.close();
  await expect(page.audience('Reaches 2 people, 0 online now')).toBeVisible();
  await page.remove('Dave').click();
  await expect(page.audience('Reaches 1 person, 0 online now')).toBeVisible();
  await expect(page.search).toBeFocused();

  const gaps = asked.slice(1).map((time, i) => time - (asked[i] ?? 0));
  expect(gaps.length).toBeGreaterThan(3);
  // The page's own second, less what a busy machine makes of it.
  expect(Math.min(...gaps)).toBeGreaterThan(500);
});

test('nobody but an admin can announce', async ({ actor }) => {
  const bob = await actor('bob');
  await bob.header.userMenu('Bob').click();
  await expect(bob.header.menuItem('Your profile')).toBeVisible();
  await expect(bob.header.menuItem('Announcements')).toBeHidden();

  const unanswered = '**/api/me';
  await bob.page.route(unanswered, (route) => route.abort());
  const page = await announcementsOf(bob);
  const refusal = bob.page.getByRole('heading', { name: 'Only for admins' });
  await expect(bob.page.getByRole('heading', { name: 'Announcements' })).toBeVisible();
  await expect(bob.page.getByRole('heading', { name: 'No connection' })).toBeVisible();
  await expect(refusal).toBeHidden();
  await bob.page.unroute(unanswered);
  await bob.page.getByRole('button', { name: 'Retry' }).click();
  await expect(refusal).toBeVisible();
  await expect(page.text).toBeHidden();
  const { request } = bob.page.context();
  const answers = await Promise.all([
    request.post('/api/announcements', { data: { text: TEXT } }),
    request.post('/api/announcements/audience', { data: {} }),
    request.get('/api/announcements'),
    request.get('/api/users?search='),
  ]);
  expect(answers.map((answer) => answer.status())).toEqual([403, 403, 403, 403]);
});

test('axe finds nothing on the announcements page, in both themes', async ({ actor }) => {
  const alice = await actor('alice');
  await alice.page.context().request.post('/api/announcements', { data: { text: TEXT } });
  const page = await announcementsOf(alice);
  await page.text.fill('x'.repeat(501));
  await page.to('Chosen people').check();
  await page.search.fill('bob');
  await page.offered.first().click();
  await page.search.fill('a');
  await expect(page.offered).not.toHaveCount(0);
  await expect(page.sent).toHaveCount(1);
  for (const colorScheme of ['light', 'dark'] as const) {
    await alice.page.emulateMedia({ colorScheme });
    expect(await violations(alice)).toEqual([]);
  }
  await page.to('Everybody').check();
  await page.text.fill(TEXT);
  await page.send.click();
  await expect(page.dialog).toBeVisible();
  expect(await violations(alice)).toEqual([]);
});

async function announcementsOf(person: Actor) {
  await person.opens('/announcements');
  await person.isLive();
  return new AnnouncementsPage(person.page);
}
