import type { InboxDelta, Notification } from '@live-likes/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LikeRequest, Store } from './store.ts';

export interface StoreUnderTest {
  store: Store;
  /** Makes a user with this id and username, unless there is one. */
  addUser(id: string, name?: string): Promise<void>;
  close(): Promise<void>;
}

/** What every adapter of the store has to do, whatever it stores in. */
export function describeStore(name: string, open: () => Promise<StoreUnderTest>) {
  describe(`store on ${name}`, () => {
    let opened: StoreUnderTest;
    let store: Store;
    let count = 0;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.close());

    /** New users, whom no other test knows. */
    async function users(n: number): Promise<string[]> {
      const ids = Array.from({ length: n }, () => `user${(count += 1)}`);
      for (const id of ids) await opened.addUser(id);
      return ids;
    }
    const post = (authorId: string) => store.createPost({ authorId, body: 'a post' });
    const like = (userId: string, postId: string, liked = true): LikeRequest => ({
      userId,
      postId,
      liked,
      op: null,
    });
    const since = (userId: string, from: number) =>
      store.inboxSince(userId, { epoch: store.epoch, since: from }).then(({ delta }) => delta);
    const inbox = (userId: string) => store.inboxPage(userId, { limit: 50 });

    test('a batch gives its author one new entry, however many like', async () => {
      const [author, ...likers] = (await users(6)) as [string, ...string[]];
      const { id } = await post(author);
      const { outcomes, touched } = await store.applyLikes(likers.map((user) => like(user, id)));
      expect(outcomes.map(({ state }) => state?.likeCount)).toEqual([1, 2, 3, 4, 5]);
      expect(touched).toEqual([{ userId: author, from: 0 }]);
      expect(await since(author, 0)).toMatchObject({
        from: 0,
        to: 1,
        unread: 1,
        items: [{ count: 5, newCount: 5 }],
      });
    });

    test('a missing post refuses its own request, not the batch', async () => {
      const [author, liker] = (await users(2)) as [string, string];
      const { id } = await post(author);
      const { outcomes } = await store.applyLikes([like(liker, 'nothing'), like(liker, id)]);
      expect(outcomes).toMatchObject([{ state: null }, { state: { likeCount: 1 } }]);
    });

    test('whoever was read alerts no second time; whoever was never read does', async () => {
      const [author, bob, carol] = (await users(3)) as [string, string, string];
      const { id } = await post(author);
      await store.applyLikes([like(bob, id)]);
      await store.markRead(author, { epoch: store.epoch, upTo: 1 });
      await store.applyLikes([like(carol, id)]);
      for (const user of [bob, carol]) await store.applyLikes([like(user, id, false)]);
      expect((await inbox(author)).items).toEqual([]);
      await store.applyLikes([like(bob, id)]);
      expect((await inbox(author)).items).toMatchObject([{ count: 1, newCount: 0 }]);
      await store.applyLikes([like(carol, id)]);
      expect(await inbox(author)).toMatchObject({ unread: 1, items: [{ count: 2, newCount: 1 }] });
    });

    test('reading up to a cursor leaves what came after it', async () => {
      const [author, bob, carol] = (await users(3)) as [string, string, string];
      const { id } = await post(author);
      await store.applyLikes([like(bob, id)]);
      await store.applyLikes([like(carol, id)]);
      const { unread, touched } = await store.markRead(author, { epoch: store.epoch, upTo: 1 });
      expect({ unread, touched }).toEqual({ unread: 1, touched: [{ userId: author, from: 2 }] });
      expect((await inbox(author)).items).toMatchObject([{ count: 2, newCount: 1, seq: 3 }]);
    });

    test('an older cursor than the last one takes nothing back', async () => {
      const [author, bob, carol] = (await users(3)) as [string, string, string];
      const { id } = await post(author);
      await store.applyLikes([like(bob, id)]);
      await store.markRead(author, { epoch: store.epoch, upTo: 1 });
      await store.applyLikes([like(carol, id)]);
      expect(await store.markRead(author, { epoch: store.epoch, upTo: 0 })).toEqual({
        unread: 1,
        touched: [],
      });
      await store.applyLikes([like(bob, id, false), like(bob, id)]);
      expect((await inbox(author)).items).toMatchObject([{ count: 2, newCount: 1 }]);
    });

    test('a cursor ahead of the head reads nothing that is yet to come', async () => {
      const [author, bob] = (await users(2)) as [string, string];
      const { id } = await post(author);
      await store.markRead(author, { epoch: store.epoch, upTo: 1_000 });
      await store.applyLikes([like(bob, id)]);
      await store.markRead(author, { epoch: store.epoch, upTo: 1_000 });
      await store.applyLikes([like(author, id), like(bob, id, false), like(bob, id)]);
      expect(await inbox(author)).toMatchObject({ unread: 0, items: [{ count: 1, newCount: 0 }] });
      const [carol] = (await users(1)) as [string];
      await store.applyLikes([like(carol, id)]);
      expect(await inbox(author)).toMatchObject({ unread: 1, items: [{ count: 2, newCount: 1 }] });
      await store.applyLikes([like(carol, id, false)]);
      expect(await inbox(author)).toMatchObject({ unread: 0, items: [{ count: 1, newCount: 0 }] });
    });

    test("another epoch, unknown ids and another's ids mark nothing as read", async () => {
      const [author, bob] = (await users(2)) as [string, string];
      const { id } = await post(author);
      await store.applyLikes([like(bob, id)]);
      const [item] = (await inbox(author)).items as [Notification];
      await store.markRead(author, { epoch: 'another', upTo: 1 });
      await store.markRead(author, { ids: ['unknown'] });
      await store.markRead(bob, { ids: [item.id] });
      expect(await inbox(author)).toMatchObject({ unread: 1, seq: 1 });
      expect(await store.markRead(author, { ids: [item.id] })).toMatchObject({ unread: 0 });
    });

    test('a cursor that is missing, foreign, ahead or more than 200 behind gets a reset', async () => {
      const [author, bob] = (await users(2)) as [string, string];
      const { id } = await post(author);
      for (let i = 0; i < 201; i += 1) await store.applyLikes([like(bob, id, i % 2 === 0)]);
      const { epoch } = store;
      const answers = await Promise.all(
        [null, { epoch: 'another', since: 201 }, { epoch, since: 202 }, { epoch, since: 0 }].map((cursor) =>
          store.inboxSince(author, cursor),
        ),
      );
      for (const { delta } of answers)
        expect(delta).toMatchObject({ reset: true, to: 201, items: [{ count: 1 }] });
      expect(await since(author, 1)).toMatchObject({ reset: false, from: 1, to: 201 });
    });

    test('a reset and the pages show the newest first, without the removed ones', async () => {
      const [author, bob] = (await users(2)) as [string, string];
      const posts: string[] = [];
      for (let i = 0; i < 55; i += 1) posts.push((await post(author)).id);
      for (const id of posts) await store.applyLikes([like(bob, id)]);
      await store.applyLikes([like(bob, posts[54]!, false)]);
      const newest = posts.slice(0, 54).toReversed();
      const { delta: reset } = await store.inboxSince(author, null);
      expect(reset.items.map((item) => item.post?.id)).toEqual(newest.slice(0, 50));
      const first = await store.inboxPage(author, { limit: 30 });
      const second = await store.inboxPage(author, { limit: 30, before: first.next! });
      expect([...first.items, ...second.items].map((item) => item.post?.id)).toEqual(newest);
      expect(second.next).toBeNull();
    });

    test('a deleted post takes its notification and its likes along', async () => {
      const [author, bob] = (await users(2)) as [string, string];
      const { id } = await post(author);
      await store.applyLikes([like(bob, id)]);
      expect(await store.deletePost(id)).toEqual([{ userId: author, from: 1 }]);
      expect(await since(author, 1)).toMatchObject({
        unread: 0,
        items: [{ removed: true, post: null, count: 0 }],
      });
      expect(await store.post(id, bob)).toBeNull();
      expect(await store.likers(id, { limit: 5 })).toBeNull();
      expect(await store.counts([id])).toEqual([]);
    });

    test('likers are paged, the most recent first', async () => {
      const [author, ...likers] = (await users(6)) as [string, ...string[]];
      const { id } = await post(author);
      await store.applyLikes(likers.map((user) => like(user, id)));
      const first = await store.likers(id, { limit: 3 });
      const second = await store.likers(id, { limit: 3, before: first!.next! });
      expect([...first!.users, ...second!.users].map((user) => user.id)).toEqual(likers.toReversed());
      expect(second!.next).toBeNull();
    });

    test('an operation is remembered for each client, whatever others do meanwhile', async () => {
      const [author, bob, carol] = (await users(3)) as [string, string, string];
      const { id } = await post(author);
      const request = (user: string, liked: boolean, client: string, n: number) => ({
        ...like(user, id, liked),
        op: { client, n },
      });
      await store.applyLikes([request(bob, true, 'tab', 2)]);
      for (let i = 0; i < 30; i += 1) await store.applyLikes([request(bob, i % 2 === 1, `tab ${i}`, 1)]);
      const late = [
        request(bob, false, 'tab', 2),
        request(bob, false, 'tab', 1),
        request(bob, false, 'tab 0', 1),
      ];
      expect((await store.applyLikes(late)).outcomes).toEqual(
        late.map(() => expect.objectContaining({ changed: false })),
      );
      const other = await store.applyLikes([request(carol, true, 'tab', 1), request(bob, false, 'tab', 3)]);
      expect(other.outcomes).toMatchObject([{ changed: true }, { changed: true }]);
    });

    test('an announcement reaches its recipients in steps, each of them once', async () => {
      const people = await users(5);
      const id = 'hello';
      const to = [...people, people[0]!, 'unknown'];
      const { recipients } = await store.createAnnouncement(id, 'hello', to);
      // Whoever does not know whether it was kept asks for the same again.
      expect(await store.createAnnouncement(id, 'hello', to)).toEqual({ recipients });
      expect(recipients).toBe(5);
      expect(await store.undeliveredAnnouncements()).toContain(id);
      const reached: string[] = [];
      for (let done = false; !done;) {
        const step = await store.deliverAnnouncement(id, 2);
        reached.push(...step.touched.map(({ userId }) => userId));
        ({ done } = step);
      }
      expect(reached.toSorted()).toEqual(people.toSorted());
      expect(await store.undeliveredAnnouncements()).not.toContain(id);
      expect(await store.deliverAnnouncement(id, 2)).toEqual({ touched: [], done: true });
      for (const person of people) {
        expect(await inbox(person)).toMatchObject({
          unread: 1,
          items: [{ kind: 'announcement', text: 'hello', count: 0, newCount: 1, actors: [], post: null }],
        });
      }
    });

    const step = fc.oneof(
      fc.array(
        fc.record({
          user: fc.nat(3),
          post: fc.nat(2),
          liked: fc.boolean(),
          client: fc.nat(1),
          n: fc.nat(30),
        }),
        { minLength: 1, maxLength: 5 },
      ),
      fc.record({ reader: fc.nat(1), behind: fc.nat(4) }),
      fc.record({ reader: fc.nat(1), item: fc.nat(2) }),
    );

    test('any history of likes and reads leaves what a plain model says', { timeout: 60_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25, size: 'max' }), async (steps) => {
          const people = await users(4);
          const authors = [people[0]!, people[1]!, people[1]!];
          const posts: string[] = [];
          for (const author of authors) posts.push((await post(author)).id);
          const model = new Model(posts, authors);
          const screens = new Map(people.slice(0, 2).map((reader) => [reader, new Screen()]));

          for (const taken of steps) {
            if (Array.isArray(taken)) {
              const requests = taken.map(({ user, post: p, liked, client, n }) => ({
                ...like(people[user]!, posts[p]!, liked),
                op: { client: String(client), n },
              }));
              const news = requests.filter((request) => model.apply(request));
              await store.applyLikes(requests);
              for (const [reader, screen] of screens) screen.take(await since(reader, screen.cursor));
              for (const { userId, postId } of news) {
                const author = authors[posts.indexOf(postId)]!;
                model.told(userId, postId, screens.get(author)!.of(postId)?.seq);
              }
            } else {
              const reader = people[taken.reader]!;
              const screen = screens.get(reader)!;
              if ('behind' in taken) {
                const upTo = Math.max(0, screen.cursor - taken.behind);
                await store.markRead(reader, { epoch: store.epoch, upTo });
                model.read(reader, (seq) => seq <= upTo);
              } else {
                const item = screen.of(posts[taken.item]!);
                await store.markRead(reader, { ids: item ? [item.id] : [] });
                if (item) model.read(reader, () => true, posts[taken.item]);
              }
              screen.take(await since(reader, screen.cursor));
            }
            for (const [reader, screen] of screens) {
              expect(screen.summary()).toEqual(model.summary(reader));
              expect(screen.unread).toBe(model.summary(reader).filter((entry) => entry.newCount > 0).length);
              const page = await inbox(reader);
              expect(page.items.map((item) => item.id).toSorted()).toEqual(
                [...screen.items.keys()].toSorted(),
              );
            }
          }
          const counts = await store.counts(posts);
          expect(new Map(counts.map(({ postId, likeCount }) => [postId, likeCount]))).toEqual(model.counts());
        }),
        { numRuns: 200 },
      );
    });
  });
}

/** What a screen shows that follows the deltas. */
class Screen {
  cursor = 0;
  unread = 0;
  readonly items = new Map<string, Notification>();

  take(delta: InboxDelta) {
    this.cursor = delta.to;
    this.unread = delta.unread;
    for (const item of delta.items) {
      if (item.removed) this.items.delete(item.id);
      else this.items.set(item.id, item);
    }
  }

  of(postId: string) {
    return [...this.items.values()].find((item) => item.post?.id === postId);
  }

  summary() {
    return [...this.items.values()]
      .map(({ post, count, newCount, actors }) => ({
        postId: post!.id,
        count,
        newCount,
        first: actors[0]?.id,
      }))
      .toSorted((a, b) => a.postId.localeCompare(b.postId));
  }
}

/** The contract in the plainest words: a list of likes in the order in which they were given. */
class Model {
  private likes: { userId: string; postId: string; seq: number | undefined; isNew: boolean }[] = [];
  private readonly wasRead = new Set<string>();
  private readonly ops = new Map<string, number>();
  private readonly posts: string[];
  private readonly authors: string[];

  constructor(posts: string[], authors: string[]) {
    this.posts = posts;
    this.authors = authors;
  }

  /** Whether the request told the author something new. */
  apply({ userId, postId, liked, op }: LikeRequest): boolean {
    const opKey = `${userId} ${postId} ${op!.client}`;
    if (op!.n <= (this.ops.get(opKey) ?? -1)) return false;
    this.ops.set(opKey, op!.n);
    const isLike = (like: { userId: string; postId: string }) =>
      like.userId === userId && like.postId === postId;
    if (this.likes.some(isLike) === liked) return false;
    if (!liked) {
      this.likes = this.likes.filter((like) => !isLike(like));
      return false;
    }
    const isNew = userId !== this.author(postId) && !this.wasRead.has(`${userId} ${postId}`);
    this.likes.push({ userId, postId, seq: undefined, isNew });
    return isNew;
  }

  told(userId: string, postId: string, seq: number | undefined) {
    for (const like of this.likes) {
      if (like.userId === userId && like.postId === postId && like.isNew) like.seq ??= seq;
    }
  }

  read(reader: string, covers: (seq: number) => boolean, only?: string) {
    for (const like of this.likes) {
      if (this.author(like.postId) !== reader || !like.isNew || (only && only !== like.postId)) continue;
      if (!covers(like.seq!)) continue;
      like.isNew = false;
      this.wasRead.add(`${like.userId} ${like.postId}`);
    }
  }

  summary(reader: string) {
    return this.posts
      .filter((postId) => this.author(postId) === reader)
      .map((postId) => {
        const likes = this.likes.filter((like) => like.postId === postId && like.userId !== reader);
        const newCount = likes.filter((like) => like.isNew).length;
        return { postId, count: likes.length, newCount, first: likes.at(-1)?.userId };
      })
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => a.postId.localeCompare(b.postId));
  }

  counts() {
    return new Map(
      this.posts.map((postId) => [postId, this.likes.filter((like) => like.postId === postId).length]),
    );
  }

  private author(postId: string) {
    return this.authors[this.posts.indexOf(postId)]!;
  }
}
