/** The end of every test that breaks something: what the pages showed and were told, against the database. */
import { expect, test } from '@playwright/test';
import type { Actor } from './actors.ts';
import type { Database, NotificationRow } from './database.ts';
import type { PopUp } from './pages/Toasts.ts';

const REST = { timeout: 5_000 };
const AWAY = 'While you were away';

/** Lost 0, doubled 0, in order, badge = unread. All pages must have been open since before the first like. */
export async function expectTruth(database: Database, ...screens: Actor[]) {
  await test.step('all pages equal the database', async () => {
    await Promise.all(screens.map((screen) => screen.seesNothingWaiting()));
    for (const { likeCount, likes, body } of database.posts()) expect(likeCount, body).toBe(likes);
    expectAnswersKept(database, screens);
    for (const screen of screens) {
      await expectScreen(database, screen);
      await expectToasts(database, screen);
      await expectOrder(database, screen);
    }
  });
}

/** What was answered with `ok` is on disk, or something newer; and what was wished last is. */
function expectAnswersKept(database: Database, screens: Actor[]) {
  const rows = database.likeRows();
  for (const { person, wire } of screens) {
    const rowOf = (postId: string) =>
      rows.find((row) => row.postId === postId && row.username === person) ?? { liked: false, rev: 0 };
    for (const answer of wire.answers) {
      const row = rowOf(answer.postId);
      const { liked, rev } = row.rev > answer.rev ? answer : row;
      expect({ liked, rev }, `a like of ${person} that was confirmed`).toEqual({
        liked: answer.liked,
        rev: answer.rev,
      });
    }
    const others = screens.filter((screen) => screen.person === person && screen.wire !== wire);
    if (others.some((other) => other.wire.sent.length > 0)) continue;
    for (const wish of wire.lastWishes) {
      expect(rowOf(wish.postId).liked, `the last wish of ${person}`).toBe(wish.liked);
    }
  }
}

async function expectScreen(database: Database, screen: Actor) {
  const { person } = screen;
  const { counter, notifications } = database.unread(person);
  expect(counter, `unread of ${person}`).toBe(notifications);
  const posts = database.posts().map(({ body, likeCount, likedBy }) => ({
    text: expect.stringContaining(body.split('\n')[0] ?? body) as unknown,
    liked: likedBy.includes(person),
    count: String(likeCount),
    waiting: false,
  }));
  await expect.poll(() => screen.feed.shown(), { ...REST, message: `the posts of ${person}` }).toEqual(posts);
  await screen.seesBadge(counter);
}

/** Told of everything that is new, of nobody twice, and of nothing any more that was read or taken back. */
async function expectToasts(database: Database, screen: Actor) {
  const { person, toasts } = screen;
  const rows = database.likeNotifications(person);
  const linkTo = (row: NotificationRow) => `/posts/${row.postId}`;
  const news = rows.filter((row) => row.newCount > 0);
  const fresh = news.map(linkTo);
  await expect
    .poll(async () => (await toasts.links()).filter((link) => !fresh.includes(link)), {
      ...REST,
      message: `toasts of ${person} that say what is not so any more`,
    })
    .toEqual([]);

  const popUps = await toasts.popUps();
  const likers = new Map<string, Set<string>>();
  for (const { postId, name } of database.likeRows())
    likers.set(`/posts/${postId}`, (likers.get(`/posts/${postId}`) ?? new Set()).add(name));
  const { told, twice } = tellings(popUps, likers);
  expect(twice, `what ${person} was told twice`).toEqual([]);
  if (popUps.some((popUp) => popUp.text.startsWith(AWAY))) return;
  for (const row of news) {
    const names = row.names.filter((name) => !told.get(linkTo(row))?.has(name));
    // Who among them was read already is not known here.
    const lost = names.length - (row.names.length - row.newCount);
    expect(Math.max(0, lost), `likes of "${row.body}" that ${person} was never told of`).toBe(0);
  }
}

/** Who was told of, by the post that it was about; and the toasts that told of nobody new. */
function tellings(popUps: PopUp[], likers: ReadonlyMap<string, ReadonlySet<string>>) {
  const told = new Map<string, Set<string>>();
  const twice: string[] = [];
  for (const { text, later, link } of popUps) {
    if (link === null) continue;
    const names = told.get(link) ?? new Set();
    told.set(link, names);
    const meant = (words: string) => namesIn(words, likers.get(link) ?? new Set());
    if (meant(text).every((name) => names.has(name))) {
      const all = popUps.filter((popUp) => popUp.link === link).map((popUp) => [popUp.text, ...popUp.later]);
      twice.push(`${text}, of all that was told of ${link}: ${JSON.stringify(all)}`);
    }
    for (const name of [text, ...later].flatMap(meant)) names.add(name);
  }
  return { told, twice };
}

/** "Carol and 1 other" are all, where two have ever liked the post; of more, only the first is known by name. */
function namesIn(words: string, likers: ReadonlySet<string>): string[] {
  const [, first = '', others = '0'] = /^(\w+)(?: and (\d+) others?)? liked your post$/.exec(words) ?? [];
  return Number(others) + 1 >= likers.size ? [first, ...likers] : [first];
}

/** The panel lists what the database does, in its order and words. */
async function expectOrder(database: Database, screen: Actor) {
  const words = database.likeNotifications(screen.person).map(({ names: [first, ...others], body }) => {
    const rest = others.length === 1 ? ' and 1 other' : ` and ${others.length} others`;
    return `${first}${others.length > 0 ? rest : ''} liked your post${body.split('\n')[0]}`;
  });
  await screen.seesNotifications(...words);
  await screen.inbox.close();
}
