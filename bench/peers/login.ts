/** The peers' login: the same signed cookie that the product reads, looked up in memory. */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { COOKIE, readWorld, signature, type WorldPerson } from '../world.ts';

const world = readWorld(process.env['WORLD'] ?? '');
const byToken = new Map(world.people.map((person) => [person.sessionToken, person]));
const authors = new Map(world.posts.map(({ id, authorId }) => [id, authorId]));

/** The author of a post; undefined when there is no such post. */
export const authorOf = (postId: string) => authors.get(postId);

/** Who opens this connection; null without a valid session. */
export function personOf({ headers }: IncomingMessage): WorldPerson | null {
  const pair = headers.cookie?.split('; ').find((cookie) => cookie.startsWith(`${COOKIE}=`));
  const [token = '', given = ''] = decodeURIComponent(pair?.slice(COOKIE.length + 1) ?? '').split('.');
  const signed = Buffer.from(signature(token, world.secret));
  const claimed = Buffer.from(given);
  const valid = claimed.length === signed.length && timingSafeEqual(claimed, signed);
  return (valid && byToken.get(token)) || null;
}
