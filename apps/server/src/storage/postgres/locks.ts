import type { Statement } from './connection.ts';

/*
 * One lock per inbox covers everything about it and about its owner's posts: likes, counts, notifications, `seq`.
 * Whoever changes any of it locks the rows of `inbox` first, in the order of the users, and reads afterwards, by
 * another statement: one that has waited for a lock still sees what was there before.
 */

export interface InboxColumns {
  user_id: string;
  seq: number;
  unread: number;
  last_at: number;
}

const INBOX = 'SELECT i.user_id, i.seq, i.unread, i.last_at FROM inbox i';

export const lockInbox: Statement = {
  name: 'lock_inbox',
  text: `${INBOX} WHERE i.user_id = $1 FOR UPDATE`,
};

/** Of the post's author. */
export const lockAuthor: Statement = {
  name: 'lock_author',
  text: `${INBOX} WHERE i.user_id = (SELECT author_id FROM post WHERE id = $1) FOR UPDATE`,
};

/** Of the session's user. */
export const lockUserOf: Statement = {
  name: 'lock_user_of',
  text: `${INBOX} WHERE i.user_id = (SELECT "userId" FROM session WHERE id = $1) FOR UPDATE`,
};

/** Of the posts' authors, those that nobody else holds. Never waits, so it can hold up nobody. */
export const lockFreeAuthors: Statement = {
  name: 'lock_free_authors',
  text: `${INBOX} WHERE i.user_id = ANY (ARRAY(SELECT author_id FROM post WHERE id = ANY ($1)))
    ORDER BY i.user_id FOR UPDATE SKIP LOCKED`,
};

/** Of the users, those that nobody else holds. Never waits. */
export const lockFreeInboxes: Statement = {
  name: 'lock_free_inboxes',
  text: `${INBOX} WHERE i.user_id = ANY ($1) ORDER BY i.user_id FOR UPDATE SKIP LOCKED`,
};
