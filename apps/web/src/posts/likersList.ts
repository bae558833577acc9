import type { LikersPage, User } from '@live-likes/contract';

/**
 * The list with its newest part fetched anew: what is below that part stays. Where the two do not meet, too much
 * has happened, and the list starts anew.
 */
export function refreshLikers(known: LikersPage, fresh: LikersPage): LikersPage {
  const last = fresh.users.at(-1);
  const at = known.users.findIndex((user) => user.id === last?.id);
  if (fresh.next === null || at === -1) return fresh;
  const there = new Set(fresh.users.map((user) => user.id));
  const below = known.users.slice(at + 1).filter((user) => !there.has(user.id));
  return { users: [...fresh.users, ...below], next: below.length > 0 ? known.next : fresh.next };
}

/** The list with one more page of it; whoever liked anew meanwhile is in it once. */
export function appendLikers(known: LikersPage, page: LikersPage): LikersPage {
  const there = new Set(known.users.map((user) => user.id));
  const more: User[] = page.users.filter((user) => !there.has(user.id));
  return { users: [...known.users, ...more], next: page.next };
}
