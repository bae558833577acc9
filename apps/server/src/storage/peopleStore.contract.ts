import { DEFAULT_SETTINGS } from '@live-likes/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StoreUnderTest } from './store.contract.ts';
import type { Store } from './store.ts';

/** What every adapter of the store has to do about people and their settings. */
export function describePeople(name: string, open: () => Promise<StoreUnderTest>) {
  describe(`people on ${name}`, () => {
    let opened: StoreUnderTest;
    let store: Store;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.close());

    test('a profile counts the posts that are there', async () => {
      const before = Date.now();
      await opened.addUser('ann', 'Ann');
      const posts: string[] = [];
      for (let i = 0; i < 3; i += 1) posts.push((await store.createPost({ authorId: 'ann', body: 'x' })).id);
      await store.deletePost(posts[0]!);
      const profile = await store.profile('ann');
      expect(profile).toMatchObject({ user: { id: 'ann', username: 'ann', name: 'Ann' }, postCount: 2 });
      expect(Date.parse(profile!.joinedAt)).toBeGreaterThanOrEqual(before);
      expect(await store.profile('nobody')).toBeNull();
      expect(await store.profile('')).toBeNull();
    });

    test("a person's posts come in pages, newest first, without those of others", async () => {
      for (const id of ['ben', 'cleo']) await opened.addUser(id);
      const posts: string[] = [];
      for (let i = 0; i < 5; i += 1) {
        posts.push((await store.createPost({ authorId: 'ben', body: String(i) })).id);
        await store.createPost({ authorId: 'cleo', body: String(i) });
      }
      await store.applyLikes([{ userId: 'cleo', postId: posts[4]!, liked: true, op: null }]);
      const first = await store.postsBy('ben', 'cleo', { limit: 3 });
      const second = await store.postsBy('ben', 'cleo', { limit: 3, before: first.next! });
      expect([...first.posts, ...second.posts].map(({ id }) => id)).toEqual(posts.toReversed());
      expect(second.next).toBeNull();
      expect(first.posts[0]).toMatchObject({ liked: true, likeCount: 1, author: { id: 'ben' } });
      expect((await store.postsBy('ben', 'ben', { limit: 1 })).posts).toMatchObject([{ liked: false }]);
      expect(await store.postsBy('nobody', 'ben', { limit: 3 })).toEqual({ posts: [], next: null });
    });

    test('a search finds parts of names and usernames in any case, and takes no letter for a wildcard', async () => {
      for (const [username, shown] of [
        ['s_emile', 'Émile Ørsted'],
        ['s.zoe', '100% Zoë'],
        ['sxyz', '小明'],
      ] as const) {
        await opened.addUser(username, shown);
      }
      const found = async (text: string) =>
        (await store.users(text, { limit: 50 })).users.map(({ username }) => username);
      expect(await found('émile ø')).toEqual(['s_emile']);
      expect(await found('E\u0301MILE')).toEqual(['s_emile']);
      expect(await found('S_E')).toEqual(['s_emile']);
      expect(await found('0% zo')).toEqual(['s.zoe']);
      expect(await found('%z')).toEqual([]);
      expect(await found('明')).toEqual(['sxyz']);
      expect(await found("'; DROP TABLE user")).toEqual([]);
    });

    test('what is found comes in pages', async () => {
      for (let i = 0; i < 5; i += 1) await opened.addUser(`paged${i}`);
      const first = await store.users('paged', { limit: 3 });
      const second = await store.users('paged', { limit: 3, before: first.next! });
      expect([...first.users, ...second.users].map(({ id }) => id)).toEqual(
        [0, 1, 2, 3, 4].map((i) => `paged${i}`),
      );
      expect(second.next).toBeNull();
    });

    test('settings are the defaults until they are changed, and each change counts once', async () => {
      for (const id of ['dan', 'eve']) await opened.addUser(id);
      expect(await store.settings('dan')).toEqual(DEFAULT_SETTINGS);
      const same = await store.changeSettings('dan', { toasts: true, quietHours: null });
      expect(same).toEqual({ settings: DEFAULT_SETTINGS, changed: false });

      const quietHours = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
      await store.changeSettings('dan', { sound: true });
      const changed = await store.changeSettings('dan', { quietHours });
      const settings = { ...DEFAULT_SETTINGS, sound: true, quietHours, rev: 2 };
      expect(changed).toEqual({ settings, changed: true });
      const again = await store.changeSettings('dan', { sound: true, quietHours: { ...quietHours } });
      expect(again).toEqual({ settings, changed: false });
      expect(await store.settings('dan')).toEqual(settings);
      expect(await store.settings('eve')).toEqual(DEFAULT_SETTINGS);

      const back = await store.changeSettings('dan', { sound: false, quietHours: null });
      expect(back.settings).toEqual({ ...DEFAULT_SETTINGS, rev: 3 });
    });
  });
}
