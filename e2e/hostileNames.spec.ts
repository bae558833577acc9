import { DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST] = DEMO_POSTS.alice;
const NAMES = {
  markup: '<img src=x onerror=alert(1)>',
  rightToLeft: 'שלום עולם',
  emoji: '👩‍👩‍👧‍👦 & “Co”',
};

for (const [kind, name] of Object.entries(NAMES)) {
  test(`a name is text wherever it stands: ${kind}`, async ({ visitor }) => {
    const [alice, guest] = await Promise.all([visitor(), visitor()]);
    const violations: string[] = [];
    for (const { page } of [alice, guest]) {
      await page.exposeFunction('tell', (what: string) => void violations.push(what));
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          void window.tell(`${event.effectiveDirective}: ${event.blockedURI}`);
        });
      });
      page.on('dialog', (dialog) => {
        violations.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
    }
    await alice.logsInAs('alice');
    await guest.opens();
    const account = {
      name,
      username: 'mallory',
      email: 'mallory@example.com',
      password: 'not to be guessed',
    };
    await guest.loginPage.createAccount(account);
    await guest.isIn(name);
    await guest.posts(`${name} was here`);
    await guest.likes(POST);

    await expect(alice.toasts.all.filter({ hasText: name })).toBeVisible();
    await expect(alice.toasts.all.filter({ hasText: 'liked your post' })).toBeVisible();
    await alice.feed.pill(1).click();
    await expect(alice.feed.post(`${name} was here`)).toContainText(name);
    await alice.inbox.open();
    await expect(alice.inbox.items.first()).toContainText(name);
    await alice.opens('/people/mallory');
    await expect(alice.page.getByRole('heading', { level: 1, name })).toBeVisible();
    expect(violations).toEqual([]);
  });
}

declare global {
  interface Window {
    tell(what: string): Promise<void>;
  }
}
