import type { NotificationRow } from './database.ts';
import { type Tab, Violation } from './tab.ts';
import type { World } from './world.ts';

function expect(holds: boolean, ...sentence: unknown[]) {
  if (!holds)
    throw new Violation(
      sentence.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' '),
    );
}

/** What must hold of the rows alone: counts = rows, unread right, nobody likes what they never liked. */
export function checkRows(world: World) {
  const likes = world.database.likes();
  for (const { likeCount, likes: rows } of world.database.posts()) {
    expect(likeCount === rows, 'a post counts', likeCount, 'likes and has', rows);
  }
  for (const { post, user } of likes) {
    const clicked = world.tabs.some((tab) => tab.userId === user && tab.wished.has(post));
    expect(clicked, user, 'likes', post, 'and never clicked on it');
  }
  for (const user of new Set(world.tabs.map((tab) => tab.userId))) {
    const notifications = world.database.notifications(user);
    const unread = notifications.filter(({ newCount }) => newCount > 0).length;
    expect(world.database.inbox(user).unread === unread, user, 'has an unread count that is not', unread);
    for (const { post, count } of notifications) {
      const rows = likes.filter((like) => like.post === post && like.user !== user).length;
      expect(count === rows, user, 'is told of', count, 'likes, and there are', rows);
    }
  }
}

const state = (of: Pick<NotificationRow, 'seq' | 'count' | 'newCount'> | undefined) =>
  of && `seq ${of.seq}, count ${of.count}, new ${of.newCount}`;

/** What must hold of a tab that has heard everything: it shows what the database says. */
export function checkInbox(world: World, tab: Tab) {
  const { cursor, unread, items } = tab.client.inbox.get();
  const head = world.database.inbox(tab.userId);
  const rows = world.database.notifications(tab.userId);
  expect(tab.client.connection.get() === 'live', tab.name, 'is', tab.client.connection.get());
  expect(cursor === head.seq, tab.name, 'is at', cursor, 'and its inbox ends at', head.seq);
  expect(unread === head.unread, tab.name, 'shows', unread, 'unread of', head.unread);
  expect(items.size === rows.length, tab.name, 'shows', items.size, 'notifications of', rows.length);
  for (const row of rows) {
    const item = items.get(row.id);
    expect(state(item) === state(row), tab.name, 'shows', state(item), 'instead of', state(row));
  }
}

/** What was seen on the way, at a tab that is closed now, too. */
export function checkSights(tab: Tab) {
  for (const violation of tab.violations) expect(false, violation);
}

/** What popped up: everything that is news, nothing twice, nothing that was taken back. */
export function checkPops(world: World, tab: Tab) {
  const rows = new Map(world.database.notifications(tab.userId).map((row) => [row.id, row]));
  for (const [id, shown] of tab.shown) {
    const row = rows.get(id);
    expect(row !== undefined, tab.name, 'still shows a pop-up of what was retracted');
    const same = row?.count === shown.count && row.newCount === shown.newCount;
    expect(same, tab.name, 'pops up', shown, 'for', row);
  }
  for (const { id, post, newCount } of rows.values()) {
    const pops = tab.pops.get(id) ?? 0;
    const likers = new Set(world.tabs.filter((other) => other.wished.has(post)).map((other) => other.userId));
    likers.delete(tab.userId);
    expect(pops <= likers.size, tab.name, 'was told', pops, 'times of', likers.size, 'people');
    expect(newCount === 0 || pops > 0 || tab.found.has(id), tab.name, 'was never told of', post);
  }
}

export function checkCounts(world: World, tab: Tab) {
  for (const { id, likes } of world.database.posts()) {
    const shown = tab.client.likes.get(id)?.likeCount;
    expect(shown === likes, tab.name, 'shows', shown, 'likes of', likes);
  }
}

/** The person's own likes, made on this tab or on another. */
export function checkHearts(world: World, tab: Tab) {
  const likes = world.database.likes();
  for (const post of world.postIds) {
    const stored = likes.some((like) => like.post === post && like.user === tab.userId);
    const shown = tab.client.likes.get(post)?.liked;
    expect(shown === stored, tab.name, 'shows the heart', shown, 'and stored is', stored);
  }
}

/** The last wish for each post of a person with one tab is what is stored; of several tabs, the last of one of them. */
export function checkWishes(world: World) {
  const likes = world.database.likes();
  for (const user of new Set(world.tabs.map((tab) => tab.userId))) {
    for (const post of world.postIds) {
      const tabs = world.tabs.filter((tab) => tab.userId === user && tab.wishes.has(post));
      if (tabs.length === 0 || tabs.some((tab) => tab.ended) || world.undone.has(`${user} ${post}`)) continue;
      const stored = likes.some((like) => like.user === user && like.post === post);
      const wishes = tabs.map((tab) => tab.wishes.get(post));
      expect(wishes.includes(stored), user, 'wished', wishes, 'and stored is', stored);
      for (const tab of tabs) {
        expect(tab.client.likes.get(post)?.pending === false, tab.name, 'still waits for an answer');
      }
    }
  }
}

/** No connection outlives its session. */
export function checkSessions(world: World) {
  for (const sessionId of world.cluster.running.flatMap((node) => node.connectedSessions())) {
    expect(world.isLoggedIn(sessionId), 'a socket of', sessionId, 'outlives its session');
  }
}
