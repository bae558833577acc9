import { type OwnPostgres, startPostgres } from '@live-likes/services/postgres';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addUsers } from '../../../test/addUsers.ts';
import { runsPostgres } from '../../../test/services.ts';
import { systemClock } from '../../clock.ts';
import { createLikeWriter } from '../../likes/likeWriter.ts';
import { createLog } from '../../log.ts';
import type { OpenedStorage } from '../opened.ts';
import type { LikeRequest, Store, Touched } from '../store.ts';
import { openPostgres } from './open.ts';

const log = createLog('silent');

/** Several processes on one database, as far as the database can tell. */
describe.runIf(runsPostgres)('nodes on one PostgreSQL', () => {
  let postgres: OwnPostgres;
  let url: string;
  let databases = 0;
  const opened: (() => unknown)[] = [];
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterEach(async () => {
    for (const close of opened.splice(0).toReversed()) await close();
  });
  afterAll(() => postgres.stop());

  async function nodes(count: number): Promise<OpenedStorage[]> {
    url = await postgres.createDatabase(`nodes${(databases += 1)}`);
    const all = await Promise.all(Array.from({ length: count }, () => openPostgres(url, log)));
    opened.push(...all.map((node) => () => node.close()));
    return all;
  }
  /** Somebody else with a connection to the same database. */
  async function other(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    opened.push(() => client.end());
    return client;
  }
  async function hold(userId: string) {
    const client = await other();
    await client.query('BEGIN');
    await client.query('SELECT 1 FROM inbox WHERE user_id = $1 FOR UPDATE', [userId]);
    return { letGo: () => client.query('ROLLBACK') };
  }
  const like = (userId: string, postId: string, liked = true): LikeRequest => ({
    userId,
    postId,
    liked,
    op: null,
  });
  const people = (count: number) => Array.from({ length: count }, (_, i) => `user${i}`);

  /** With what it published. */
  function writerOn(store: Store) {
    const touched: Touched[] = [];
    const nobody = () => undefined;
    const publish = { likes: nobody, postCreated: nobody, postDeleted: nobody, settings: nobody };
    const inboxes = (some: readonly Touched[]) => void touched.push(...some);
    return { writer: createLikeWriter(store, { ...publish, inboxes }, systemClock), touched };
  }

  test('four that open an empty database at once make its tables once', async () => {
    const all = await nodes(4);
    expect(new Set(all.map(({ store }) => store.epoch)).size).toBe(1);
    await addUsers(all[0]!.accounts.db, ['ann']);
    const { id } = await all[1]!.store.createPost({ authorId: 'ann', body: 'a post' });
    expect(await all[2]!.store.post(id, 'ann')).toMatchObject({ body: 'a post' });
  });

  test('two that like the posts of the same authors leave no gap, count right and do not deadlock', async () => {
    const [one, two] = (await nodes(2)) as [OpenedStorage, OpenedStorage];
    const authors = ['ann', 'ben', 'cleo'];
    const likers = people(300);
    await addUsers(one.accounts.db, ...[...authors, ...likers].map((id) => [id] as const));
    const posts: { id: string; authorId: string }[] = [];
    for (const authorId of [...authors, ...authors]) {
      const { id } = await one.store.createPost({ authorId, body: 'a post' });
      posts.push({ id, authorId });
    }
    const sides = [writerOn(one.store), writerOn(two.store)];
    await Promise.all(
      sides.map(async ({ writer }, side) => {
        for (let round = 0; round < 10; round += 1) {
          // Each side has its half of the likers, who take some of their likes back.
          const requests = likers.flatMap((userId, i) =>
            i % 2 === side
              ? [like(userId, posts[(i * 7 + round * 5) % posts.length]!.id, (i + round) % 3 > 0)]
              : [],
          );
          const answers = await Promise.all(requests.map((request) => writer.write(request)));
          expect(answers.every(({ state }) => state)).toBe(true);
          await (side === 0 ? one : two).store.markRead(authors[round % 3]!, {
            epoch: one.store.epoch,
            upTo: round,
          });
        }
      }),
    );

    const db = await other();
    const { rows: wrong } = await db.query(`
      SELECT p.id FROM post p WHERE like_count <> (SELECT count(*) FROM likes WHERE post_id = p.id AND liked = 1)
      UNION ALL
      SELECT n.id FROM notification n WHERE count <> (SELECT count(*) FROM likes WHERE post_id = n.post_id AND liked = 1)
        OR new_count <> (SELECT count(*) FROM likes l WHERE l.post_id = n.post_id AND liked = 1 AND alert_seq > n.read_seq)
      UNION ALL
      SELECT i.user_id FROM inbox i WHERE unread <> (SELECT count(*) FROM notification WHERE recipient_id = i.user_id AND new_count > 0)
        OR seq <> (SELECT coalesce(max(seq), 0) FROM notification WHERE recipient_id = i.user_id)`);
    expect(wrong).toEqual([]);
    // Whoever pushed from some seq was the only one to do so.
    for (const author of authors) {
      const from = sides.flatMap(({ touched }) =>
        touched.filter(({ userId }) => userId === author).map((one_) => one_.from),
      );
      expect(new Set(from).size).toBe(from.length);
    }
  });

  test('two that like the same post one like at a time miss nothing of each other', async () => {
    const stores = await nodes(2);
    await addUsers(stores[0]!.accounts.db, ['ann'], ['left'], ['right']);
    const { id } = await stores[0]!.store.createPost({ authorId: 'ann', body: 'a post' });
    const revs = await Promise.all(
      ['left', 'right'].map(async (user, side) => {
        const { writer } = writerOn(stores[side]!.store);
        const seen: number[] = [];
        for (let i = 0; i < 301; i += 1) {
          const { state } = await writer.write(like(user, id, i % 2 === 0));
          seen.push(state!.rev);
        }
        return seen;
      }),
    );
    expect(new Set(revs.flat()).size).toBe(602);
    expect(await stores[0]!.store.inboxPage('ann', { limit: 5 })).toMatchObject({
      seq: 602,
      items: [{ count: 2 }],
    });
  });

  test('an inbox that another session holds delays its own likes alone, and is UNAVAILABLE after a while', async () => {
    const [node] = (await nodes(1)) as [OpenedStorage];
    await addUsers(node.accounts.db, ['hot'], ['ann'], ['bob']);
    const [hot, calm] = await Promise.all(
      ['hot', 'ann'].map((authorId) => node.store.createPost({ authorId, body: 'a post' })),
    );
    const { writer } = writerOn(node.store);
    const held = await hold('hot');
    let isRefused = false;
    const refused = writer.write(like('bob', hot!.id));
    refused.catch(() => (isRefused = true));
    for (let i = 0; i < 5; i += 1) await writer.write(like('bob', calm!.id, i % 2 === 0));
    expect(isRefused).toBe(false);
    await expect(refused).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterMs: 1_000 });
    await expect(node.store.markRead('hot', { ids: [] })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await node.store.inboxPage('hot', { limit: 5 })).toMatchObject({ seq: 0 });

    const waits = writer.write(like('bob', hot!.id));
    await writer.write(like('bob', calm!.id));
    await held.letGo();
    expect(await waits).toMatchObject({ changed: true, state: { likeCount: 1 } });
  });

  test('an announcement that two deliver reaches everybody once, also past an inbox that is busy for a while', async () => {
    const [one, two] = (await nodes(2)) as [OpenedStorage, OpenedStorage];
    const everybody = people(60);
    await addUsers(one.accounts.db, ...everybody.map((id) => [id] as const));
    const id = 'announcement';
    await one.store.createAnnouncement(id, 'hello', null);
    const held = await hold('user30');
    const touched: Touched[] = [];
    const deliver = async ({ store }: OpenedStorage) => {
      for (let done = false; !done;) {
        const step = await store.deliverAnnouncement(id, 7);
        touched.push(...step.touched);
        ({ done } = step);
      }
    };
    const stuck = await Promise.allSettled([deliver(one), deliver(two)]);
    expect(stuck).toMatchObject([{ reason: { code: 'UNAVAILABLE' } }, { reason: { code: 'UNAVAILABLE' } }]);
    await held.letGo();
    await Promise.all([deliver(one), deliver(two)]);
    expect(touched.map(({ userId }) => userId).toSorted()).toEqual(everybody.toSorted());
    const report = (await one.store.announcements({ limit: 1 })).announcements[0];
    expect(report).toMatchObject({ recipients: 60, delivered: 60, read: 0 });

    const reads = everybody.map((user, i) =>
      (i % 2 ? one : two).store.markRead(user, { epoch: one.store.epoch, upTo: 1 }),
    );
    expect((await Promise.all(reads)).every(({ unread }) => unread === 0)).toBe(true);
    expect((await two.store.announcements({ limit: 1 })).announcements[0]).toMatchObject({ read: 60 });
  });

  test('what is made once is made by one at a time', async () => {
    const all = await nodes(3);
    let inside = 0;
    await Promise.all(
      all.map(({ store }) =>
        store.exclusively(async () => {
          expect((inside += 1)).toBe(1);
          await systemClock.nextTurn();
          await store.ping();
          inside -= 1;
        }),
      ),
    );
  });

  test('a login and a ban at once leave no session, and two who want the same name do not both get it', async () => {
    await nodes(1);
    const [admin, person] = [await other(), await other()];
    const insert = `INSERT INTO "user" (id, name, email, "emailVerified", "nameSkeleton", "createdAt", "updatedAt")
      VALUES ($1, 'Ann', $1, false, 'ann', now(), now())`;
    await admin.query(insert, ['ann']);
    const logIn = `INSERT INTO session (id, token, "userId", "expiresAt", "createdAt", "updatedAt")
      VALUES ('s', 't', 'ann', now() + interval '1 day', now(), now())`;
    const ban = `UPDATE "user" SET banned = true WHERE id = 'ann'`;
    const sessions = async () => (await admin.query('SELECT 1 FROM session')).rowCount;

    await person.query('BEGIN');
    await person.query(logIn);
    const banned = admin.query(ban);
    await person.query('COMMIT');
    await banned;
    expect(await sessions()).toBe(0);

    await admin.query(`UPDATE "user" SET banned = false`);
    await admin.query('BEGIN');
    await admin.query(ban);
    const refused = person.query(logIn).catch(String);
    await admin.query('COMMIT');
    expect(await refused).toMatch('This account is banned.');
    expect(await sessions()).toBe(0);

    await admin.query('DELETE FROM "user"');
    await admin.query('BEGIN');
    await admin.query(insert, ['first']);
    const second = person.query(insert, ['second']).catch(String);
    await admin.query('COMMIT');
    expect(await second).toMatch('This name looks like another one.');
  });

  test('every node learns of a session that ended anywhere, and of a new epoch', async () => {
    const [one, two] = (await nodes(2)) as [OpenedStorage, OpenedStorage];
    const operator = await other();
    await addUsers(one.accounts.db, ['ann'], ['bob']);
    await operator.query(`INSERT INTO session (id, token, "userId", "expiresAt", "createdAt", "updatedAt")
      VALUES ('s', 't', 'ann', now() + interval '1 day', now(), now())`);
    const learns = async ({ store }: OpenedStorage) => {
      while (!(await store.changedElsewhere())) await systemClock.nextTurn();
    };
    const quiet = async () => {
      await operator.query('SELECT 1');
      return Promise.all([one, two].map(({ store }) => store.changedElsewhere()));
    };
    // That they hear at all is news, too.
    await Promise.all([learns(one), learns(two)]);
    expect(await quiet()).toEqual([false, false]);
    await operator.query('DELETE FROM session');
    await Promise.all([learns(one), learns(two)]);

    const { id } = await one.store.createPost({ authorId: 'ann', body: 'a post' });
    await one.store.applyLikes([like('bob', id)]);
    const { epoch } = two.store;
    await operator.query(`UPDATE history SET epoch = 'another'`);
    expect(await one.store.inboxSince('ann', { epoch, since: 1 })).toMatchObject({
      delta: { epoch: 'another', reset: true },
    });
    expect(one.store.epoch).toBe('another');
    expect(await two.store.markRead('ann', { epoch, upTo: 1 })).toMatchObject({ unread: 1, touched: [] });
    await learns(two);
    expect(two.store.epoch).toBe('another');
    // Also where there is nothing to tell of.
    expect(await two.store.heads(['bob'])).toEqual([{ userId: 'bob', epoch: 'another', seq: 0, unread: 0 }]);
    // Nodes from before it and from after it are still of one installation.
    const later = await openPostgres(url, log);
    opened.push(() => later.close());
    expect([later.store.epoch, later.installation]).toEqual(['another', one.installation]);
  });
});
