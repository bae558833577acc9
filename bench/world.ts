/** The people and posts that every candidate serves: who is logged in with which cookie, and who wrote what. */
import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { v7 as newId } from 'uuid';
import { openSqlite } from '../apps/server/src/storage/sqlite/open.ts';

export interface WorldPerson {
  id: string;
  name: string;
  sessionToken: string;
  /** What a browser would send. */
  cookie: string;
}

export interface WorldPost {
  id: string;
  authorId: string;
}

export interface World {
  secret: string;
  people: WorldPerson[];
  posts: WorldPost[];
}

export interface WorldSize {
  people: number;
  /** The first ones, who wrote all posts. */
  authors: number;
  posts: number;
}

export const COOKIE = 'live-likes.session_token';
export const POST_BODY = 'What a person writes in a minute, and others like.';
export const DAY_MS = 24 * 3_600_000;

export const databaseOf = (folder: string) => join(folder, 'template.db');
const fileOf = (folder: string) => join(folder, 'world.json');

/** Sessions are signed as the product signs them: the token, and its HMAC under the secret. */
export function signature(token: string, secret: string): string {
  return createHmac('sha256', secret).update(token).digest('base64');
}

export function readWorld(folder: string): World {
  return JSON.parse(readFileSync(fileOf(folder), 'utf8')) as World;
}

/** Writes the world into a database of the product, and into a file for the peers, which keep none. */
export async function createWorld(folder: string, size: WorldSize): Promise<World> {
  const secret = randomBytes(32).toString('base64url');
  const people = Array.from({ length: size.people }, (_, i) => {
    const sessionToken = randomBytes(24).toString('base64url');
    const cookie = `${COOKIE}=${encodeURIComponent(`${sessionToken}.${signature(sessionToken, secret)}`)}`;
    return { id: randomBytes(24).toString('base64url'), name: `Person ${i}`, sessionToken, cookie };
  });
  const posts = Array.from({ length: size.posts }, (_, i) => ({
    id: newId(),
    authorId: (people[i % size.authors] as WorldPerson).id,
  }));
  const world = { secret, people, posts };
  writeFileSync(fileOf(folder), JSON.stringify(world));
  await fillDatabase(databaseOf(folder), world);
  return world;
}

async function fillDatabase(path: string, { people, posts }: World) {
  (await openSqlite(path)).close();
  const db = new DatabaseSync(path);
  const user = db.prepare(`
    INSERT INTO user (id, name, username, email, emailVerified, createdAt, updatedAt) VALUES (?, ?, ?, ?, 0, ?, ?)`);
  const session = db.prepare(`
    INSERT INTO session (id, token, userId, expiresAt, createdAt, updatedAt) VALUES (?, ?, ?, ?, ?, ?)`);
  const post = db.prepare('INSERT INTO post (id, author_id, body, created_at) VALUES (?, ?, ?, ?)');
  const now = new Date();
  const time = now.toISOString();
  const expires = new Date(now.getTime() + DAY_MS).toISOString();
  db.exec('BEGIN');
  for (const [i, { id, name, sessionToken }] of people.entries()) {
    user.run(id, name, `person${i}`, `person${i}@bench.invalid`, time, time);
    session.run(newId(), sessionToken, id, expires, time, time);
  }
  for (const { id, authorId } of posts) {
    post.run(id, authorId, POST_BODY, now.getTime());
  }
  db.exec('COMMIT');
  db.close();
}
