import type { Actor } from './actors.ts';
import { Deployment } from './deployment.ts';
import { expect, test as base } from './test.ts';

const OFFER = 'A new version is ready.';

const test = base.extend<{ deployment: Deployment }>({
  deployment: async ({ server }, use) => {
    const deployment = await Deployment.before(server.url);
    await use(deployment);
    await deployment.end();
  },
  url: async ({ deployment }, use) => use(deployment.url),
});

test('a newer version is offered, reloads nobody who did not ask for it, and leaves other tabs as they are', async ({
  visitor,
  deployment,
}) => {
  const person = await visitor();
  await person.opens();
  await person.hasTheAppKept();
  const otherTab = await person.newTab();
  await otherTab.opens();
  for (const tab of [person, otherTab]) {
    await expect(tab.loginPage.form).toBeVisible();
    await tab.page.getByLabel('Username').fill('half written');
    await expect(offer(tab)).toBeHidden();
  }

  deployment.deploysNewerVersion();
  await person.hears('visibilitychange');
  for (const tab of [person, otherTab]) {
    await expect(offer(tab)).toBeVisible();
    await expect(tab.page.getByLabel('Username')).toHaveValue('half written');
    expect(await version(tab)).toBe('older');
  }

  await person.page.getByRole('button', { name: 'Reload' }).click();
  await expect.poll(() => version(person)).toBe('newer');
  await expect(person.loginPage.form).toBeVisible();
  await expect(offer(person)).toBeHidden();

  // The other one goes on, and finds a part of its version that is on no server any more.
  await expect(otherTab.page.getByLabel('Username')).toHaveValue('half written');
  await otherTab.page.getByLabel('Language').selectOption('简体中文');
  await expect(otherTab.page.getByRole('button', { name: '登录' })).toBeVisible();
  expect(await version(otherTab)).toBe('older');
  await otherTab.page.getByRole('button', { name: '重新加载' }).click();
  await expect.poll(() => version(otherTab)).toBe('newer');
});

function offer({ page }: Actor) {
  return page.getByText(OFFER);
}

/** Which page this tab runs. In the middle of a reload it is neither. */
async function version({ page }: Actor): Promise<'older' | 'newer' | null> {
  return page
    .evaluate(() => (document.querySelector('meta[name=version]') ? 'newer' : 'older'))
    .catch(() => null);
}
