import { type OwnPostgres, startPostgres } from '@live-likes/services/postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runsPostgres } from '../../../test/services.ts';
import { createLog } from '../../log.ts';
import { type Database, openPool, type Statement } from './connection.ts';
import { openPostgres, storeOver } from './open.ts';

/** The only statements that look at more than a stretch of an index. */
const WHOLE = ['count_users', 'insert_announcement', 'undelivered_announcements', 'next_of_some'];

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: Plan[];
}

describe.runIf(runsPostgres)('the plans of PostgreSQL', () => {
  let postgres: OwnPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  /** Every statement of the store that a call of each method runs. */
  async function statements(): Promise<Statement[]> {
    const seen = new Map<string, Statement>();
    const record = async (statement: Statement) => {
      seen.set(statement.name, statement);
      // As if nothing were there, but what a call goes on with.
      const row = {
        epoch: '',
        audience: null,
        created_at: 0,
        delivered_to: '',
        id: null,
        user_id: 'u',
        seq: 1,
      };
      return [row] as never[];
    };
    const db: Database = {
      rows: record,
      transaction: (work) => work({ rows: record, send: (statement) => void record(statement) }),
    };
    const history = {
      installation: '',
      epoch: '',
      readAgain: async () => undefined,
      seen: (epoch: string) => epoch,
    };
    const store = storeOver(db, history, { take: () => true, giveBack: () => undefined }, (work) => work());
    const page = { limit: 10 };
    const calls = [
      () => store.login('t'),
      () => store.livingSessions(['s']),
      () => store.post('p', 'u'),
      () => store.posts('u', page),
      () => store.postsBy('u', 'u', page),
      () => store.deletePost('p'),
      () => store.mutePost('p', true),
      () => store.likers('p', page),
      () => store.counts(['p']),
      () => store.applyLikes([{ userId: 'u', postId: 'p', liked: true, op: null }]),
      () => store.inboxSince('u', null),
      () => store.inboxPage('u', page),
      () => store.markRead('u', { ids: ['n'] }),
      () => store.markRead('u', { epoch: '', upTo: 1 }),
      () => store.heads(['u']),
      () => store.profile('u'),
      () => store.settings('u'),
      () => store.deliverAnnouncement('a', 10),
      () => store.announcements(page),
      () => store.knownUsers(['u']),
      () => store.pushSubscribers(['u'], new Date()),
      () => store.pushSubscriptions('u', new Date()),
      () => store.isPushDue('u', { endpoint: 'e', notificationId: 'n' }, new Date()),
      () => store.news('u', { since: 0, upTo: 1 }, 10),
    ];
    // What comes of an answer that is none is of no interest here.
    for (const call of calls) await call().catch(() => undefined);
    return [...seen.values()];
  }

  /** By statement. */
  async function plansOf(url: string): Promise<Map<string, Plan>> {
    const pool = openPool(url);
    const client = await pool.connect();
    const plans = new Map<string, Plan>();
    for (const { name, text } of await statements()) {
      if (WHOLE.includes(name)) continue;
      await client.query(`PREPARE ${name} AS ${text}`);
      const { rows } = await client.query<{ n: number }>(
        'SELECT cardinality(parameter_types) AS n FROM pg_prepared_statements WHERE name = $1',
        [name],
      );
      const nulls = Array.from({ length: rows[0]!.n }, () => 'NULL').join(', ');
      const explained = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
        `EXPLAIN (FORMAT JSON) EXECUTE ${name} ${nulls && `(${nulls})`}`,
      );
      plans.set(name, explained.rows[0]!['QUERY PLAN'][0].Plan);
    }
    client.release();
    await pool.end();
    return plans;
  }

  const wholeTables = (plans: Map<string, Plan>) =>
    [...plans].flatMap(([name, plan]) => wholeIn(plan).map((what) => `${name}: ${what}`));

  const indexesIn = (plan: Plan): string[] => [
    ...(plan['Index Name'] ? [plan['Index Name']] : []),
    ...(plan.Plans ?? []).flatMap(indexesIn),
  ];

  function wholeIn(plan: Plan): string[] {
    const { 'Node Type': type, 'Relation Name': table = '', 'Index Cond': condition } = plan;
    const isWhole = /Seq Scan|Index/.test(type) && table !== 'history' && !condition && table !== '';
    return [...(isWhole ? [`${type} of ${table}`] : []), ...(plan.Plans ?? []).flatMap(wholeIn)];
  }

  test('no statement reads a whole table, be it empty when its plan is made', async () => {
    const url = await postgres.createDatabase('empty');
    await (await openPostgres(url, createLog('silent'))).close();
    const operator = new pg.Client({ connectionString: url });
    await operator.connect();
    // The worst case: the planner knows that nothing is there.
    await operator.query('VACUUM ANALYZE');
    const hot = wholeTables(await plansOf(url)).filter((plan) => plan.includes('likes'));
    expect(hot).toEqual([]);
    await operator.end();
  });

  test('no statement reads a whole table that is filled', async () => {
    const url = await postgres.createDatabase('filled');
    await (await openPostgres(url, createLog('silent'))).close();
    const operator = new pg.Client({ connectionString: url });
    await operator.connect();
    for (const fill of FILL) await operator.query(fill);
    await operator.query('VACUUM ANALYZE');
    const plans = await plansOf(url);
    expect(wholeTables(plans)).toEqual([]);
    for (const [name, ...indexes] of [
      ['posts', 'post_pkey', 'likes_pkey'],
      ['posts_by', 'post_author', 'likes_pkey'],
      ['likers', 'likes_newest'],
      ['inbox_since', 'notification_seq', 'notification_newest', 'likes_newest'],
      ['inbox_page', 'notification_newest', 'likes_newest'],
      ['unread_of', 'likes_newest'],
      ['read_posts', 'post_pkey', 'notification_post'],
      ['read_likes', 'likes_pkey'],
    ] as const)
      expect([name, ...indexesIn(plans.get(name)!)]).toEqual(expect.arrayContaining(indexes));
    await operator.end();
  });
});

const FILL = [
  `INSERT INTO "user" (id, name, username, email, "emailVerified", "createdAt", "updatedAt")
    SELECT 'u' || i, 'Person', 'u' || i, 'u' || i, false, now(), now() FROM generate_series(1, 5000) i`,
  `INSERT INTO session (id, token, "userId", "expiresAt", "createdAt", "updatedAt")
    SELECT id, id, id, now() + interval '1 day', now(), now() FROM "user"`,
  `INSERT INTO push_subscription (session_id, endpoint, p256dh, auth) SELECT id, id, id, id FROM session LIMIT 1000`,
  `INSERT INTO post (id, author_id, body, created_at)
    SELECT 'p' || i, 'u' || 1 + i % 200, 'a post', i FROM generate_series(1, 5000) i`,
  `INSERT INTO likes (post_id, user_id, liked, rev, alert_seq)
    SELECT 'p' || p, 'u' || u, 1, u, u FROM generate_series(1, 1000) p, generate_series(1, 50) u`,
  `INSERT INTO notification (id, recipient_id, kind, post_id, seq, updated_at, count, new_count, read_seq, removed)
    SELECT 'n' || id, author_id, 'like', id, created_at, created_at, 50, (created_at % 2), 0, 0 FROM post`,
  `UPDATE inbox SET seq = 5000, unread = 10`,
  `INSERT INTO announcement (id, text, created_at, done) SELECT 'a' || i, 'news', i, 1 FROM generate_series(1, 2000) i`,
  `INSERT INTO settings (user_id, value) SELECT id, '{}' FROM "user" LIMIT 1000`,
];
