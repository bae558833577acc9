import type { InboxDelta, Notification } from '@live-likes/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StoreUnderTest } from './store.contract.ts';
import type { Store } from './store.ts';

/** What every adapter of the store has to do about muted posts. */
export function describeMutes(name: string, open: () => Promise<StoreUnderTest>) {
  describe(`mutes on ${name}`, () => {
    let opened: StoreUnderTest;
    let store: Store;
    let count = 0;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.close());

    /** A post by somebody new. */
    async function newPost() {
      const author = `author${(count += 1)}`;
      for (const id of [author, 'bob', 'carol', 'dave']) await opened.addUser(id);
      const { id: postId } = await store.createPost({ authorId: author, body: 'a post' });
      return { author, postId };
    }
    const like = (userId: string, postId: string, liked = true) =>
      store.applyLikes([{ userId, postId, liked, op: null }]);
    const inbox = (userId: string) => store.inboxPage(userId, { limit: 50 });
    const since = (userId: string, from: number) =>
      store.inboxSince(userId, { epoch: store.epoch, since: from }).then(({ delta }) => delta);

    test('likes of a muted post are counted, and never new', async () => {
      const { author, postId } = await newPost();
      await like('bob', postId);
      await store.mutePost(postId, true);
      const before = await inbox(author);
      const { touched } = await like('carol', postId);
      expect(touched).toEqual([{ userId: author, from: before.seq }]);
      const delta = await since(author, before.seq);
      expect(delta).toMatchObject({
        to: before.seq + 1,
        unread: 1,
        items: [{ post: { id: postId, muted: true }, actors: [{ id: 'carol' }, {}], count: 2, newCount: 1 }],
      });
      expect(delta.items[0]?.updatedAt).toBe(before.items[0]?.updatedAt);
    });

    test('muting leaves unread what was, and is told of with the next seq, once', async () => {
      const { author, postId } = await newPost();
      await like('bob', postId);
      expect(await store.mutePost(postId, true)).toEqual([{ userId: author, from: 1 }]);
      expect(await since(author, 1)).toMatchObject({ to: 2, unread: 1, items: [{ count: 1, newCount: 1 }] });
      expect(await store.mutePost(postId, true)).toEqual([]);
      expect(await inbox(author)).toMatchObject({ seq: 2, unread: 1 });
    });

    test('a mute that is taken back has changed nothing, and what is unread can be read meanwhile', async () => {
      const { author, postId } = await newPost();
      for (const id of ['bob', 'carol']) await like(id, postId);
      await store.mutePost(postId, true);
      await store.mutePost(postId, false);
      expect(await inbox(author)).toMatchObject({ unread: 1, items: [{ count: 2, newCount: 2 }] });
      await store.mutePost(postId, true);
      await like('bob', postId, false);
      await like('dave', postId);
      expect(await inbox(author)).toMatchObject({ unread: 1, items: [{ count: 2, newCount: 1 }] });
      await store.markRead(author, { epoch: store.epoch, upTo: 7 });
      await store.mutePost(postId, false);
      expect(await inbox(author)).toMatchObject({ unread: 0, items: [{ count: 2, newCount: 0 }] });
    });

    test('un-muting tells of nothing but what comes after it', async () => {
      const { author, postId } = await newPost();
      await store.mutePost(postId, true);
      await like('bob', postId);
      const { seq } = await inbox(author);
      expect(await store.mutePost(postId, false)).toEqual([{ userId: author, from: seq }]);
      const after = await since(author, seq);
      expect(after).toMatchObject({ to: seq + 1, unread: 0, items: [{ count: 1, newCount: 0 }] });
      expect(after.items[0]?.post).not.toHaveProperty('muted');
      await like('carol', postId);
      expect(await inbox(author)).toMatchObject({ unread: 1, items: [{ count: 2, newCount: 1 }] });
      await store.markRead(author, { epoch: store.epoch, upTo: seq + 2 });
      await like('bob', postId, false);
      expect(await inbox(author)).toMatchObject({ unread: 0, items: [{ count: 1, newCount: 0 }] });
    });

    test('a like that was never told of may be news later; one that was read is not', async () => {
      const { author, postId } = await newPost();
      await like('bob', postId);
      await store.markRead(author, { epoch: store.epoch, upTo: 1 });
      await store.mutePost(postId, true);
      await like('carol', postId);
      for (const user of ['bob', 'carol']) await like(user, postId, false);
      await store.mutePost(postId, false);
      await like('bob', postId);
      expect(await inbox(author)).toMatchObject({ unread: 0, items: [{ count: 1, newCount: 0 }] });
      await like('carol', postId);
      expect(await inbox(author)).toMatchObject({ unread: 1, items: [{ count: 2, newCount: 1 }] });
    });

    test('where there is no notification, muting tells of none', async () => {
      const { author, postId } = await newPost();
      expect(await store.mutePost(postId, true)).toEqual([]);
      expect(await inbox(author)).toMatchObject({ seq: 0, items: [] });
      await like('bob', postId);
      await like('bob', postId, false);
      expect(await store.mutePost(postId, false)).toEqual([]);
      expect(await inbox(author)).toMatchObject({ seq: 2, unread: 0, items: [] });
      expect(await store.mutePost('unknown', true)).toEqual([]);
    });

    test('muted before its first like, a post still has a place of its own in the pages', async () => {
      const { author } = await newPost();
      const posts: string[] = [];
      for (let i = 0; i < 6; i += 1) {
        posts.push((await store.createPost({ authorId: author, body: 'a post' })).id);
      }
      for (const id of posts.slice(0, 4)) await store.mutePost(id, true);
      await store.applyLikes(posts.map((postId) => ({ userId: 'bob', postId, liked: true, op: null })));
      const seen: (string | undefined)[] = [];
      for (let before: string | undefined; ;) {
        const { items, next } = await store.inboxPage(author, { limit: 1, ...(before && { before }) });
        seen.push(...items.map(({ post }) => post?.id));
        if (next === null) break;
        before = next;
      }
      expect(seen).toEqual(posts.toReversed());
      expect(await inbox(author)).toMatchObject({ unread: 2 });
    });

    test('a muted post can be deleted', async () => {
      const { author, postId } = await newPost();
      await store.mutePost(postId, true);
      await like('bob', postId);
      await store.deletePost(postId);
      expect(await inbox(author)).toMatchObject({ unread: 0, items: [] });
    });

    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ user: fc.constantFrom('bob', 'carol', 'dave'), liked: fc.boolean() }),
      },
      { weight: 1, arbitrary: fc.record({ muted: fc.boolean() }) },
      { weight: 1, arbitrary: fc.record({ read: fc.constant(true) }) },
    );

    test(
      'any history of likes, reads and mutes leaves what a plain model says',
      { timeout: 60_000 },
      async () => {
        await fc.assert(
          fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25, size: 'max' }), async (steps) => {
            const { author, postId } = await newPost();
            const [likers, unread, read] = [new Set<string>(), new Set<string>(), new Set<string>()];
            let isMuted = false;
            let screen: Notification | undefined;
            let cursor = 0;

            for (const taken of steps) {
              if ('user' in taken) {
                const { user, liked } = taken;
                await like(user, postId, liked);
                if (!liked) unread.delete(user);
                else if (!likers.has(user) && !isMuted && !read.has(user)) unread.add(user);
                if (liked) likers.add(user);
                else likers.delete(user);
              } else {
                if ('muted' in taken) await store.mutePost(postId, (isMuted = taken.muted));
                else await store.markRead(author, { epoch: store.epoch, upTo: cursor });
                if ('read' in taken) {
                  for (const user of unread) read.add(user);
                  unread.clear();
                }
              }
              const delta: InboxDelta = await since(author, cursor);
              cursor = delta.to;
              screen = delta.items[0] ?? screen;
              const shown = screen?.removed === false ? screen : undefined;
              expect(shown?.count ?? 0).toBe(likers.size);
              expect(shown?.newCount ?? 0).toBe(unread.size);
              expect(delta.unread).toBe(Number(unread.size > 0));
              expect(shown?.post?.muted ?? false).toBe(isMuted && likers.size > 0);
            }
          }),
          { numRuns: 100 },
        );
      },
    );
  });
}
