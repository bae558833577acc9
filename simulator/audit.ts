/** Holds what people were told against what the server answers. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Inbox, sortedItems } from '@live-likes/client';
import { type InboxPage, PAGE_MAX, type Post, type PostsPage } from '@live-likes/contract';
import { call, read } from './api.ts';
import type { Person } from './person.ts';

const PAGES_MAX = 20;
const AT_ONCE = 20;
const LOOK_AGAIN_MS = 250;

interface Audited {
  /** Likes, and likes taken back, that were looked at. */
  likes: number;
  /** A sentence for each thing that is not as it was told. */
  wrong: string[];
}

/**
 * Looks at what all of them were told. Others go on liking meanwhile: of whom something differs is looked at again.
 *
 * @param withinMs how long something may differ
 * @throws {NotSimulated} when the server does not answer
 */
export async function auditAll(url: string, people: readonly Person[], withinMs: number): Promise<Audited> {
  const giveUpAt = performance.now() + withinMs;
  const audited = new Map<Person, Audited>();
  let left = [...people];
  for (;;) {
    for (let i = 0; i < left.length; i += AT_ONCE) {
      const some = left.slice(i, i + AT_ONCE);
      await Promise.all(some.map(async (person) => audited.set(person, await audit(url, person))));
    }
    left = left.filter((person) => audited.get(person)?.wrong.length !== 0);
    if (left.length === 0 || performance.now() > giveUpAt) break;
    await sleep(LOOK_AGAIN_MS);
  }
  const all = [...audited.values()];
  return {
    likes: all.reduce((sum, { likes }) => sum + likes, 0),
    wrong: all.flatMap(({ wrong }) => wrong),
  };
}

/** Everything that one person was told. */
async function audit(url: string, person: Person): Promise<Audited> {
  const [posts, page] = [await wishedPosts(url, person), await inboxPage(url, person)];
  const known = posts.map((post) => ({ post, shown: person.client.likes.get(post.id) }));
  // One that waits for its answer promises nothing, and of a post that is gone nothing is known.
  const settled = known.filter(({ shown }) => shown?.pending === false);
  const lost = settled.filter(({ post, shown }) => shown?.liked !== post.liked);
  return {
    likes: settled.length,
    wrong: [
      ...lost.map(
        ({ post, shown }) =>
          `${person.account.userId} was told that post ${post.id} is ${shown?.liked ? 'liked' : 'not liked'}, and the server says it is ${post.liked ? '' : 'not'}.`,
      ),
      ...(isSame(person.client.inbox.get(), page)
        ? []
        : [`The inbox of ${person.account.userId} is not what the server has.`]),
    ],
  };
}

/** As the server has them, page by page, as far down as they are. */
async function wishedPosts(url: string, { account, wished }: Person): Promise<Post[]> {
  const found: Post[] = [];
  let before: string | null = '';
  for (let pages = 0; before !== null && found.length < wished.size && pages < PAGES_MAX; pages += 1) {
    const path = `/api/posts?limit=${PAGE_MAX}${before && `&before=${encodeURIComponent(before)}`}`;
    const page: PostsPage = await read<PostsPage>(await call(url, 'GET', path, account.cookie));
    found.push(...page.posts.filter(({ id }) => wished.has(id)));
    before = page.next;
  }
  return found;
}

async function inboxPage(url: string, { account }: Person): Promise<InboxPage> {
  return read(await call(url, 'GET', `/api/inbox?limit=${PAGE_MAX}`, account.cookie));
}

/** The newest of the inbox, and all that is said of the whole. */
function isSame(inbox: Inbox, page: InboxPage): boolean {
  const shown = sortedItems(inbox).slice(0, PAGE_MAX);
  // What is older than the client was told of may have come up as others were removed.
  const stored = inbox.older === null ? page.items : page.items.slice(0, shown.length);
  return (
    JSON.stringify([inbox.epoch, inbox.cursor, inbox.unread, shown]) ===
    JSON.stringify([page.epoch, page.seq, page.unread, stored])
  );
}
