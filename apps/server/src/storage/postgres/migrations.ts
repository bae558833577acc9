import { randomUUID } from 'node:crypto';
import { type Kysely, type Migration, Migrator, sql } from 'kysely';

/** Of ids, names and cursors: their order is that of their bytes, as in JavaScript and SQLite. */
const TEXT = sql.raw(`text COLLATE "C"`);

const accounts = [
  sql`CREATE TABLE "user" (
    id ${TEXT} PRIMARY KEY, name text NOT NULL, email text NOT NULL UNIQUE, "emailVerified" boolean NOT NULL,
    image text, username ${TEXT} UNIQUE, "displayUsername" text, "isAnonymous" boolean,
    "createdAt" timestamptz NOT NULL, "updatedAt" timestamptz NOT NULL, banned boolean NOT NULL DEFAULT false,
    "nameSkeleton" text, "usernameSkeleton" text)`,
  sql`CREATE INDEX user_name_skeleton ON "user" ("nameSkeleton")`,
  sql`CREATE INDEX user_username_skeleton ON "user" ("usernameSkeleton")`,
  sql`CREATE TABLE session (
    id ${TEXT} PRIMARY KEY, token text NOT NULL UNIQUE, "userId" ${TEXT} NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    "expiresAt" timestamptz NOT NULL, "ipAddress" text, "userAgent" text,
    "createdAt" timestamptz NOT NULL, "updatedAt" timestamptz NOT NULL)`,
  sql`CREATE INDEX session_of_user ON session ("userId")`,
  sql`CREATE TABLE account (
    id ${TEXT} PRIMARY KEY, "accountId" text NOT NULL, "providerId" text NOT NULL,
    "userId" ${TEXT} NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" timestamptz,
    "refreshTokenExpiresAt" timestamptz, scope text, password text,
    "createdAt" timestamptz NOT NULL, "updatedAt" timestamptz NOT NULL)`,
  sql`CREATE INDEX account_of_user ON account ("userId")`,
  sql`CREATE TABLE verification (
    id ${TEXT} PRIMARY KEY, identifier text NOT NULL, value text NOT NULL, "expiresAt" timestamptz NOT NULL,
    "createdAt" timestamptz NOT NULL, "updatedAt" timestamptz NOT NULL)`,
  sql`CREATE INDEX verification_identifier ON verification (identifier)`,
];

/** Rows that change with every like leave room in their pages, so that no index has to follow them. */
const likes = [
  sql`CREATE TABLE history (
    id integer PRIMARY KEY CHECK (id = 1), epoch text NOT NULL, installation text NOT NULL)`,
  sql`CREATE TABLE post (
    id ${TEXT} PRIMARY KEY, author_id ${TEXT} NOT NULL REFERENCES "user" (id), body text NOT NULL,
    created_at bigint NOT NULL, like_count bigint NOT NULL DEFAULT 0, rev bigint NOT NULL DEFAULT 0,
    muted integer NOT NULL DEFAULT 0) WITH (fillfactor = 80)`,
  sql`CREATE INDEX post_author ON post (author_id, id)`,
  // Without a reference to the user, whose check would be half of what a like costs: see the trigger below.
  sql`CREATE TABLE likes (
    post_id ${TEXT} NOT NULL, user_id ${TEXT} NOT NULL, liked integer NOT NULL,
    rev bigint NOT NULL, alert_seq bigint, ops text, PRIMARY KEY (post_id, user_id))`,
  sql`CREATE INDEX likes_newest ON likes (post_id, rev, alert_seq) WHERE liked = 1`,
  sql`CREATE TABLE inbox (
    user_id ${TEXT} PRIMARY KEY, seq bigint NOT NULL DEFAULT 0, unread bigint NOT NULL DEFAULT 0,
    last_at bigint NOT NULL DEFAULT 0) WITH (fillfactor = 50)`,
  sql`CREATE TABLE announcement (
    id ${TEXT} PRIMARY KEY, text text NOT NULL, created_at bigint NOT NULL, audience text,
    delivered_to ${TEXT} NOT NULL DEFAULT '', done integer NOT NULL DEFAULT 0, recipients bigint NOT NULL DEFAULT 0,
    delivered bigint NOT NULL DEFAULT 0, read bigint NOT NULL DEFAULT 0)`,
  sql`CREATE INDEX announcement_undelivered ON announcement (id) WHERE done = 0`,
  sql`CREATE TABLE notification (
    id ${TEXT} PRIMARY KEY, recipient_id ${TEXT} NOT NULL REFERENCES "user" (id), kind text NOT NULL, post_id ${TEXT},
    announcement_id ${TEXT} REFERENCES announcement (id), seq bigint NOT NULL, updated_at bigint NOT NULL,
    count bigint NOT NULL, new_count bigint NOT NULL, read_seq bigint NOT NULL, removed integer NOT NULL)`,
  sql`CREATE UNIQUE INDEX notification_post ON notification (post_id) WHERE post_id IS NOT NULL`,
  sql`CREATE UNIQUE INDEX notification_seq ON notification (recipient_id, seq)`,
  sql`CREATE INDEX notification_newest ON notification (recipient_id, updated_at) WHERE removed = 0`,
  sql`CREATE INDEX notification_unread ON notification (recipient_id) WHERE new_count > 0`,
  sql`CREATE TABLE settings (user_id ${TEXT} PRIMARY KEY REFERENCES "user" (id), value text NOT NULL)`,
  sql`CREATE TABLE push_subscription (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_id ${TEXT} NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    endpoint text NOT NULL UNIQUE, p256dh text NOT NULL, auth text NOT NULL)`,
  sql`CREATE INDEX push_subscription_session ON push_subscription (session_id)`,
];

const rules = [
  // Whoever can be written about has a row to lock.
  sql`CREATE FUNCTION give_inbox() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO inbox (user_id) VALUES (new.id) ON CONFLICT DO NOTHING; RETURN new; END $$`,
  sql`CREATE TRIGGER everybody_has_an_inbox AFTER INSERT ON "user" FOR EACH ROW EXECUTE FUNCTION give_inbox()`,

  // Whoever is banned has no session and gets none, whichever process writes. The lock makes a login wait for a ban
  // that is under way, and a ban for a login.
  sql`CREATE FUNCTION end_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN DELETE FROM session WHERE "userId" = new.id; RETURN new; END $$`,
  sql`CREATE TRIGGER ban_ends_sessions AFTER UPDATE OF banned ON "user" FOR EACH ROW WHEN (new.banned)
    EXECUTE FUNCTION end_sessions()`,
  sql`CREATE FUNCTION refuse_banned() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM 1 FROM "user" WHERE id = new."userId" FOR SHARE;
      IF (SELECT banned FROM "user" WHERE id = new."userId") THEN
        RAISE EXCEPTION 'This account is banned.' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN new;
    END $$`,
  sql`CREATE TRIGGER ban_keeps_sessions_away BEFORE INSERT ON session FOR EACH ROW EXECUTE FUNCTION refuse_banned()`,

  // No two people get names that can be taken for each other, whoever writes. The locks let those who want the same
  // name wait for each other; 4 is any number that no other lock has.
  sql`CREATE FUNCTION refuse_lookalike() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_advisory_xact_lock(4, hashtext(skeleton)) FROM (
        SELECT skeleton FROM unnest(ARRAY[new."nameSkeleton", new."usernameSkeleton"]) skeleton
        WHERE skeleton IS NOT NULL ORDER BY hashtext(skeleton)) wanted;
      IF EXISTS (
        SELECT 1 FROM "user" WHERE id <> new.id AND ("nameSkeleton" IN (new."nameSkeleton", new."usernameSkeleton")
          OR "usernameSkeleton" IN (new."nameSkeleton", new."usernameSkeleton"))) THEN
        RAISE EXCEPTION 'This name looks like another one.' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN new;
    END $$`,
  sql`CREATE TRIGGER new_name_is_its_own BEFORE INSERT ON "user" FOR EACH ROW EXECUTE FUNCTION refuse_lookalike()`,
  sql`CREATE TRIGGER changed_name_is_its_own BEFORE UPDATE OF "nameSkeleton", "usernameSkeleton" ON "user"
    FOR EACH ROW EXECUTE FUNCTION refuse_lookalike()`,

  // Those who like are logged in, so they are there; and they stay as long as their likes do.
  sql`CREATE FUNCTION keep_liker() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM likes WHERE user_id = old.id) THEN
        RAISE EXCEPTION 'This user likes posts.' USING ERRCODE = 'foreign_key_violation';
      END IF;
      RETURN old;
    END $$`,
  sql`CREATE TRIGGER likers_stay BEFORE DELETE ON "user" FOR EACH ROW EXECUTE FUNCTION keep_liker()`,

  // What every node must know of, whichever process did it.
  sql`CREATE FUNCTION tell_nodes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_notify('live_likes', ''); RETURN NULL; END $$`,
  sql`CREATE TRIGGER nodes_learn_of_ended_sessions AFTER DELETE ON session
    FOR EACH ROW EXECUTE FUNCTION tell_nodes()`,
  sql`CREATE TRIGGER nodes_learn_of_a_new_epoch AFTER UPDATE ON history
    FOR EACH ROW EXECUTE FUNCTION tell_nodes()`,
];

const tables: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [...accounts, ...likes, ...rules]) await statement.execute(db);
    await sql`INSERT INTO history (id, epoch, installation)
      VALUES (1, ${randomUUID()}, ${randomUUID()})`.execute(db);
  },
};

/**
 * Brings the tables to the newest form; does nothing when they have it. All of it is one transaction, under a lock: of
 * several processes that start at once the others wait for the first.
 */
export async function migrate(db: Kysely<unknown>): Promise<void> {
  const migrations = { '001_tables': tables };
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
