import type { Post } from '@live-likes/contract';
import { type Actor, DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST] = DEMO_POSTS.alice;
const UNBROKEN = 'Donaudampfschifffahrtsgesellschaftskapitänswitwe';
const NAME = UNBROKEN.slice(0, 45);
const USERNAME = 'donaudampfschifffahrtskapitaen';
const FAMILIES = '👩‍👩‍👧‍👦'.repeat(40);
const ARABIC = 'مرحبا بكم في هذا المكان الجميل ';
/** What a page may have to show at its worst. */
const WORDS = [UNBROKEN.repeat(6), `Families ${FAMILIES}`, ARABIC.repeat(8)];
/** A phone, and as narrow as a page gets when it is enlarged four times. */
const WIDTHS = [390, 320];

test('no page is wider than a phone, whatever people are called and write', async ({ visitor }) => {
  const [writer, alice] = await Promise.all([visitor(), visitor()]);
  await signsUp(writer);
  const [theirs] = await writes(writer);

  await atEachWidth(alice, async () => {
    await alice.opens();
    await expect(alice.loginPage.form).toBeVisible();
    await fits(alice);
    await alice.opens('/signup');
    await expect(alice.page.getByRole('textbox', { name: 'Email' })).toBeVisible();
    await fits(alice);
  });

  await alice.logsInAs('alice');
  await call(alice, 'post', '/api/announcements', { text: WORDS[0] });
  for (const { id } of await writes(alice)) await call(writer, 'put', `/api/posts/${id}/like`);
  await atEachWidth(alice, async () => {
    for (const [address, shows] of [
      ['/', () => alice.feed.post(ARABIC).first()],
      [`/posts/${theirs?.id}`, () => alice.feed.post(UNBROKEN)],
      [`/people/${USERNAME}`, () => alice.feed.post(ARABIC)],
      ['/notifications', () => alice.notifications.items.filter({ hasText: UNBROKEN }).nth(1)],
      ['/settings', () => alice.settings.heading],
      ['/announcements', () => alice.page.getByRole('main').getByText(UNBROKEN)],
      ['/nowhere', () => alice.page.getByRole('heading', { name: 'There is no page here' })],
    ] as const) {
      await alice.opens(address);
      await alice.isLive();
      await expect(shows()).toBeVisible();
      await fits(alice);
    }
  });

  await alice.opens();
  await alice.isLive();
  await alice.inbox.open();
  await expect(alice.inbox.items.filter({ hasText: UNBROKEN }).nth(1)).toBeVisible();
  const { id } = await postOf(alice, POST);
  await call(writer, 'put', `/api/posts/${id}/like`);
  await alice.seesToast(`${NAME} liked your post`);
  await atEachWidth(alice, () => fits(alice));
});

async function atEachWidth({ page }: Actor, look: () => Promise<void>) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 640 });
    await look();
  }
}

/** Nothing sticks out to the right: nobody has to scroll there, and the rows of a list and pop-ups cut nothing off. */
async function fits({ page }: Actor) {
  const widest = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(widest, page.url()).toBe(page.viewportSize()?.width);
  const cut = await page
    .locator('li, [role=status]:visible')
    .evaluateAll((boxes) =>
      boxes.filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.outerHTML),
    );
  expect(cut, page.url()).toEqual([]);
}

async function signsUp(actor: Actor) {
  const password = 'as long as the name';
  const account = { name: NAME, username: USERNAME, email: 'witwe@example.com', password };
  await call(actor, 'post', '/api/auth/sign-up/email', account);
}

async function writes(actor: Actor): Promise<Post[]> {
  const posts: Post[] = [];
  for (const body of WORDS) posts.push(await call<Post>(actor, 'post', '/api/posts', { body }));
  return posts;
}

async function postOf(actor: Actor, words: string): Promise<Post> {
  const { posts } = await call<{ posts: Post[] }>(actor, 'get', '/api/posts');
  return posts.find(({ body }) => body.includes(words))!;
}

async function call<T>(
  { page }: Actor,
  method: 'get' | 'post' | 'put',
  path: string,
  data?: unknown,
): Promise<T> {
  const answer = await page.context().request[method](path, { data });
  expect(answer.ok(), `${method} ${path}`).toBe(true);
  return (await answer.json()) as T;
}
