import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import { announcementCounts } from './migrations/announcementCounts.ts';
import { announcementReports } from './migrations/announcementReports.ts';
import { bans } from './migrations/bans.ts';
import { leanerLikes } from './migrations/leanerLikes.ts';
import { lookalikes } from './migrations/lookalikes.ts';
import { people } from './migrations/people.ts';
import { push } from './migrations/push.ts';

const accounts: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('user')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('email', 'text', (c) => c.notNull().unique())
      .addColumn('emailVerified', 'integer', (c) => c.notNull())
      .addColumn('image', 'text')
      .addColumn('username', 'text', (c) => c.unique())
      .addColumn('displayUsername', 'text')
      .addColumn('isAnonymous', 'integer')
      .addColumn('createdAt', 'text', (c) => c.notNull())
      .addColumn('updatedAt', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('session')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('token', 'text', (c) => c.notNull().unique())
      .addColumn('userId', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
      .addColumn('expiresAt', 'text', (c) => c.notNull())
      .addColumn('ipAddress', 'text')
      .addColumn('userAgent', 'text')
      .addColumn('createdAt', 'text', (c) => c.notNull())
      .addColumn('updatedAt', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('session_user').on('session').column('userId').execute();
    await db.schema
      .createTable('account')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('accountId', 'text', (c) => c.notNull())
      .addColumn('providerId', 'text', (c) => c.notNull())
      .addColumn('userId', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
      .addColumn('accessToken', 'text')
      .addColumn('refreshToken', 'text')
      .addColumn('idToken', 'text')
      .addColumn('accessTokenExpiresAt', 'text')
      .addColumn('refreshTokenExpiresAt', 'text')
      .addColumn('scope', 'text')
      .addColumn('password', 'text')
      .addColumn('createdAt', 'text', (c) => c.notNull())
      .addColumn('updatedAt', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('account_user').on('account').column('userId').execute();
    await db.schema
      .createTable('verification')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('identifier', 'text', (c) => c.notNull())
      .addColumn('value', 'text', (c) => c.notNull())
      .addColumn('expiresAt', 'text', (c) => c.notNull())
      .addColumn('createdAt', 'text', (c) => c.notNull())
      .addColumn('updatedAt', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('verification_identifier').on('verification').column('identifier').execute();
  },
};

const likes: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      // `commits` counts the changes of any inbox: the mark beside the file tells by it that an older copy is back.
      sql`CREATE TABLE history (id INTEGER PRIMARY KEY CHECK (id = 1), epoch TEXT NOT NULL, commits INTEGER NOT NULL)`,
      sql`CREATE TABLE post (
        id TEXT PRIMARY KEY, author_id TEXT NOT NULL REFERENCES user (id), body TEXT NOT NULL,
        created_at INTEGER NOT NULL, like_count INTEGER NOT NULL DEFAULT 0, rev INTEGER NOT NULL DEFAULT 0)`,
      sql`CREATE TABLE likes (
        post_id TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES user (id), liked INTEGER NOT NULL,
        rev INTEGER NOT NULL, alert_seq INTEGER, PRIMARY KEY (post_id, user_id)) WITHOUT ROWID`,
      sql`CREATE INDEX likes_newest ON likes (post_id, rev) WHERE liked = 1`,
      sql`CREATE INDEX likes_alerted ON likes (post_id, alert_seq) WHERE liked = 1`,
      sql`CREATE TABLE like_op (
        post_id TEXT NOT NULL, user_id TEXT NOT NULL, client TEXT NOT NULL, n INTEGER NOT NULL,
        hour INTEGER NOT NULL, PRIMARY KEY (post_id, user_id, client)) WITHOUT ROWID`,
      sql`CREATE INDEX like_op_hour ON like_op (hour)`,
      sql`CREATE TABLE inbox (
        user_id TEXT PRIMARY KEY, seq INTEGER NOT NULL, unread INTEGER NOT NULL, last_at INTEGER NOT NULL) WITHOUT ROWID`,
      sql`CREATE TABLE announcement (
        id TEXT PRIMARY KEY, text TEXT NOT NULL, created_at INTEGER NOT NULL, audience TEXT,
        delivered_to TEXT NOT NULL DEFAULT '', done INTEGER NOT NULL DEFAULT 0)`,
      sql`CREATE INDEX announcement_undelivered ON announcement (id) WHERE done = 0`,
      sql`CREATE TABLE notification (
        id TEXT PRIMARY KEY, recipient_id TEXT NOT NULL REFERENCES user (id), kind TEXT NOT NULL, post_id TEXT,
        announcement_id TEXT REFERENCES announcement (id), seq INTEGER NOT NULL, updated_at INTEGER NOT NULL,
        count INTEGER NOT NULL, new_count INTEGER NOT NULL, read_seq INTEGER NOT NULL, removed INTEGER NOT NULL)`,
      sql`CREATE UNIQUE INDEX notification_post ON notification (post_id) WHERE post_id IS NOT NULL`,
      sql`CREATE UNIQUE INDEX notification_seq ON notification (recipient_id, seq)`,
      sql`CREATE INDEX notification_newest ON notification (recipient_id, updated_at) WHERE removed = 0`,
      sql`CREATE INDEX notification_unread ON notification (recipient_id, seq) WHERE new_count > 0`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};

/** Brings the tables to the newest form; does nothing when they have it. */
export async function migrate(db: Kysely<unknown>): Promise<void> {
  const migrations = {
    '001_accounts': accounts,
    '002_likes': likes,
    '003_people': people,
    '004_push': push,
    '005_announcement_reports': announcementReports,
    '006_announcement_counts': announcementCounts,
    '007_bans': bans,
    '008_lookalikes': lookalikes,
    '009_leaner_likes': leanerLikes,
  };
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
