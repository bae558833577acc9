import { DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST] = DEMO_POSTS.alice;
const ERIN = {
  name: 'Erin',
  username: 'erin',
  email: 'erin@example.com',
  password: 'a password of her own',
};

test('a wrong password gets a clear sentence, and the right one still works', async ({ visitor }) => {
  const alice = await visitor();
  await alice.opens();

  await alice.loginPage.logIn('alice', 'not the password');
  await expect(alice.loginPage.explanation).toHaveText(/invalid|wrong|incorrect/i);
  await expect(alice.loginPage.form).toBeVisible();

  await alice.loginPage.logIn('alice', 'live-likes-demo');
  await alice.isIn('Alice');
});

test('one click is enough for a demo user', async ({ visitor }) => {
  const bob = await visitor();
  await bob.continuesAs('bob');
});

test('a guest can like, and is named in the author’s toast', async ({ actor, visitor }) => {
  const [alice, guest] = await Promise.all([actor('alice'), visitor()]);
  await guest.opens();
  await guest.loginPage.continueAs('guest');
  await guest.isIn(/^Guest \d+$/);

  await guest.likes(POST);

  await expect(alice.toasts.saying('liked your post')).toHaveText(/^Guest \d+ liked your post$/);
});

test('who creates an account is in, and can log in again', async ({ visitor }) => {
  const erin = await visitor();
  await erin.opens();
  await erin.loginPage.createAccount(ERIN);
  await erin.isIn('Erin');
  await erin.likes(POST);
  await erin.hasConfirmed(1);

  await erin.logsOut('Erin');
  await erin.loginPage.logIn(ERIN.username, ERIN.password);

  await erin.isIn('Erin');
  await erin.seesLike(POST, true);
});
