import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { type OwnPostgres, startPostgres } from '@live-likes/services/postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addUsers } from '../../../test/addUsers.ts';
import { runsPostgres } from '../../../test/services.ts';
import { createLog } from '../../log.ts';
import type { OpenedStorage } from '../opened.ts';
import type { LikeRequest } from '../store.ts';
import { openPostgres } from './open.ts';

/** Of the longest wait for a connection and that for an answer. */
const SECONDS_MS = 7_000;
const UNAVAILABLE = { code: 'UNAVAILABLE', retryAfterMs: 1_000 };

describe.runIf(runsPostgres)('a PostgreSQL that fails', () => {
  let postgres: OwnPostgres;
  let storage: OpenedStorage;
  let postId: string;
  let n = 0;
  beforeAll(async () => {
    postgres = await startPostgres();
    storage = await openPostgres(postgres.url, createLog('silent'));
    await addUsers(storage.accounts.db, ['ann'], ['bob']);
    postId = (await storage.store.createPost({ authorId: 'ann', body: 'a post' })).id;
  });
  afterAll(async () => {
    await storage.close();
    await postgres.stop();
  });

  /** The next operation of bob's tab: the contrary of the last one. */
  const nextLike = (): LikeRequest => {
    n += 1;
    return { userId: 'bob', postId, liked: n % 2 === 1, op: { client: 'tab', n } };
  };
  const everything = (request = nextLike()) => [
    storage.store.applyLikes([request]),
    storage.store.inboxSince('ann', null),
    storage.store.markRead('ann', { ids: [] }),
    storage.store.createPost({ authorId: 'ann', body: 'another' }),
    storage.store.login('token'),
    storage.store.heads(['ann']),
    storage.store.ping(),
  ];
  async function expectUnavailable(calls: Promise<unknown>[]) {
    const start = performance.now();
    for (const call of await Promise.allSettled(calls))
      expect(call).toMatchObject({ status: 'rejected', reason: UNAVAILABLE });
    expect(performance.now() - start).toBeLessThan(SECONDS_MS);
  }
  async function untilBack() {
    for (;;) {
      if (await storage.store.ping().then(yes, no)) return;
      await after(20);
    }
  }
  /** Resolves when a retry of this operation has been answered, with what the database says of it. */
  async function afterRetry(request: LikeRequest) {
    const { outcomes } = await storage.store.applyLikes([request]);
    const likeCount = Number(request.liked);
    expect(outcomes[0]!.state).toMatchObject({ liked: request.liked, likeCount });
    expect(await storage.store.counts([postId])).toMatchObject([{ likeCount }]);
  }

  /** Runs one statement past the server, which may only read for all others. */
  async function asOperator(text: string) {
    const operator = new pg.Client({
      connectionString: postgres.url,
      options: '-c default_transaction_read_only=off',
    });
    operator.on('error', () => undefined);
    await operator.connect();
    const { rows } = await operator.query<Record<string, unknown>>(text);
    await operator.end();
    return rows;
  }
  const END_ALL =
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()';

  test('one that was killed is UNAVAILABLE, and is used again when it is back', async () => {
    await afterRetry(nextLike());
    await postgres.kill();
    const like = nextLike();
    await expectUnavailable(everything(like));
    await postgres.start();
    await untilBack();
    await afterRetry(like);
    // That something may have been missed meanwhile is news.
    while (!(await storage.store.changedElsewhere())) await after(20);
  });

  test('one that is killed while likes are stored keeps those that were answered', async () => {
    const answered: LikeRequest[] = [];
    const likeOn = async (): Promise<{ unanswered: LikeRequest; reason: unknown }> => {
      const like = nextLike();
      const reason = await storage.store.applyLikes([like]).then(
        () => null,
        (error: unknown) => error,
      );
      if (reason) return { unanswered: like, reason };
      answered.push(like);
      return likeOn();
    };
    const ended = likeOn();
    while (answered.length < 50) await after(1);
    await postgres.kill();
    const { unanswered, reason } = await ended;
    expect(reason).toMatchObject(UNAVAILABLE);
    await postgres.start();
    await untilBack();
    const [post] = await storage.store.counts([postId]);
    const known = [answered.at(-1)!, unanswered].map(({ liked }) => Number(liked));
    expect(known).toContain(post!.likeCount);
    await afterRetry(unanswered);
  });

  test('one that ends our connections is used again over new ones', async () => {
    await asOperator(END_ALL);
    await untilBack();
    await afterRetry(nextLike());
  });

  test('connections to one that only reads are given up, so that the next ones find the one that takes over', async () => {
    await asOperator('ALTER DATABASE live_likes SET default_transaction_read_only = on');
    await asOperator(END_ALL);
    const like = nextLike();
    const writes = () => [storage.store.ping(), storage.store.applyLikes([like])];
    while ((await Promise.allSettled(writes())).some(({ status }) => status === 'fulfilled')) await after(20);
    await expectUnavailable(writes());
    await asOperator('ALTER DATABASE live_likes RESET default_transaction_read_only');
    await untilBack();
    await afterRetry(like);
  });

  test('one in recovery is not ready, and is used when it has taken over', async () => {
    const [shown] = await asOperator('SHOW data_directory');
    await postgres.kill();
    writeFileSync(`${String(shown!['data_directory'])}/standby.signal`, '', { mode: 0o666 });
    await postgres.start();
    await after(50);
    await expect(storage.store.ping()).rejects.toMatchObject(UNAVAILABLE);
    await asOperator('SELECT pg_promote()');
    await untilBack();
    await afterRetry(nextLike());
  });

  test(
    'commits that wait for a standby take no more connections than the pool has',
    { timeout: 40_000 },
    async () => {
      await asOperator(`ALTER SYSTEM SET synchronous_standby_names = 'nobody'`);
      await asOperator('SELECT pg_reload_conf()');
      const post = () => storage.store.createPost({ authorId: 'ann', body: 'on no standby' });
      try {
        for (let round = 0; round < 3; round += 1) await expectUnavailable(Array.from({ length: 12 }, post));
        const waiting = await asOperator(`SELECT 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'`);
        expect(waiting).toHaveLength(10);
      } finally {
        await asOperator('ALTER SYSTEM RESET synchronous_standby_names');
        await asOperator('SELECT pg_reload_conf()');
      }
      await untilBack();
      await afterRetry(nextLike());
    },
  );

  test('one that hangs is UNAVAILABLE within seconds, and is used again when it goes on', async () => {
    const processes = [postgres.pid(), ...childrenOf(postgres.pid())];
    for (const pid of processes) process.kill(pid, 'SIGSTOP');
    const like = nextLike();
    try {
      await expectUnavailable(everything(like));
      // Now there is no connection left that hangs: a new one does.
      await expectUnavailable(everything(like));
    } finally {
      for (const pid of processes) process.kill(pid, 'SIGCONT');
    }
    await untilBack();
    await afterRetry(like);
  });

  test('a lock that is not given is UNAVAILABLE, and nothing was written', async () => {
    const other = new pg.Client({ connectionString: postgres.url });
    await other.connect();
    await other.query('BEGIN');
    await other.query('LOCK TABLE likes IN EXCLUSIVE MODE');
    const like = nextLike();
    await expect(storage.store.applyLikes([like])).rejects.toMatchObject(UNAVAILABLE);
    expect(await storage.store.counts([postId])).toMatchObject([{ likeCount: Number(!like.liked) }]);
    await other.query('ROLLBACK');
    await other.end();
    await afterRetry(like);
  });
});

const yes = () => true;
const no = () => false;

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const [, rest = ''] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ');
        return Number(rest.split(' ')[1]) === parent;
      } catch {
        return false;
      }
    })
    .map(Number);
}
