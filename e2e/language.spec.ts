import { DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST, OTHER_POST] = DEMO_POSTS.alice;

test('whose browser speaks Chinese reads Chinese, from the login to the last notification', async ({
  visitor,
  actor,
}) => {
  const [alice, bob, carol] = await Promise.all([visitor({ locale: 'zh-CN' }), actor('bob'), actor('carol')]);
  const { page } = alice;
  await alice.opens();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.getByRole('button', { name: '继续使用 Alice' }).click();
  await alice.isLive();
  await expect(alice.feed.posts).not.toHaveCount(0);
  await expect(page.getByRole('textbox', { name: '有什么新鲜事？' })).toBeVisible();
  await expect(alice.feed.post(POST).getByRole('time')).toHaveText(/^\d+(分钟|小时|天)前$/);

  await bob.likes(POST);
  await alice.seesToast('Bob 赞了你的帖子');
  await carol.likes(POST);
  await alice.seesToast('Carol 和另外 1 人赞了你的帖子');
  await page.getByRole('button', { name: '通知，1 条未读' }).click();
  const panel = page.getByRole('region', { name: '通知', exact: true });
  await expect(panel.getByRole('listitem')).toContainText(['Carol 和另外 1 人赞了你的帖子']);
  await expect(panel.getByRole('time')).toHaveText('刚刚');
  await panel.getByRole('button', { name: '全部标为已读' }).click();
  await expect(page.getByRole('button', { name: '通知', exact: true })).toHaveAttribute('data-unread', '0');
  await alice.seesNoToast();
});

test('another language is chosen in the settings, for all tabs, and remembered', async ({
  visitor,
  actor,
}) => {
  const [alice, bob] = await Promise.all([visitor({ locale: 'zh-CN' }), actor('bob')]);
  await alice.opens();
  await alice.page.getByRole('button', { name: '继续使用 Alice' }).click();
  await alice.isLive();
  const otherTab = await alice.opensAnotherTab();
  await alice.page.getByRole('button', { name: 'Alice', exact: true }).click();
  await alice.page.getByRole('menuitem', { name: '设置' }).click();
  await expect(alice.page.getByRole('heading', { name: '设置' })).toBeVisible();
  await expect(alice.settings.switch('弹出通知')).toHaveAttribute('aria-checked', 'true');

  await alice.settings.language.selectOption('English');

  await expect(alice.settings.heading).toBeVisible();
  await expect(otherTab.page.getByRole('textbox', { name: "What's new?" })).toBeVisible();
  await otherTab.page.reload();
  await otherTab.isLive();
  await bob.likes(OTHER_POST);
  for (const tab of [alice, otherTab]) await tab.seesToast('Bob liked your post');
  await expect(otherTab.page.locator('html')).toHaveAttribute('lang', 'en');
});

test('what the login page has said is said again in the language chosen then', async ({ visitor }) => {
  const alice = await visitor();
  const { page } = alice;
  await alice.continuesAs('alice');
  const otherTab = await alice.opensAnotherTab();
  await otherTab.logsOut('Alice');
  await alice.seesLoginPage();
  const language = page.getByRole('combobox');
  const said = page.getByRole('alert');
  await expect(said).toHaveText('You logged out in another tab.');
  await language.focus();
  await language.selectOption('简体中文');
  await expect(said).toHaveText('你已在另一个标签页退出登录。');
  await expect(language).toBeFocused();

  await page.route('**/api/auth/get-session', (route) => route.fulfill({ json: null }));
  await page.getByRole('button', { name: '继续使用 游客身份' }).click();
  await expect(page.getByText('你已在另一个标签页退出登录。')).toBeHidden();
  await expect(said).toContainText('浏览器没有保存登录状态');
  await language.selectOption('English');
  await expect(said).toContainText('this browser did not keep it');

  await language.selectOption('简体中文');
  await page.route('**/api/auth/get-session', (route) => route.abort());
  await page.reload();
  await expect(page.getByText('无法连接服务器。请检查网络后重试。')).toBeVisible();
});
