import { ALERT_QUIET_MS, type Notification } from '@live-likes/contract';
import { expect, test } from 'vitest';
import type { News } from '../storage/store.ts';
import { Absence } from './absence.ts';

const SECONDS = 1_000;
/** That these like the post `id`, all of them unread; nobody: an announcement. */
function newsOf(id: string, toldAt: number, likers: string[] = []): News['items'][number] {
  const kind = likers.length > 0 ? 'like' : 'announcement';
  const actors = likers.slice(0, 3).map((liker) => ({ id: liker }));
  return { notification: { id, kind, actors, newCount: likers.length } as Notification, toldAt };
}
const ids = (taken: Notification[]) => taken.map(({ id }) => id);

test('news has ten seconds to be seen, each its own', () => {
  const absence = new Absence();
  absence.touch(4, 0);
  absence.touch(5, 3 * SECONDS);
  expect(absence.look(9_999)).toBeNull();
  const look = absence.look(10 * SECONDS)!;
  expect([look.after, absence.ripeUpTo]).toEqual([4, 5]);
  expect(ids(absence.take(look, { items: [newsOf('a', 5)], seq: 6, unread: 2 }, 10 * SECONDS))).toEqual([
    'a',
  ]);
  expect(absence.dueAt).toBe(13 * SECONDS);
  expect(absence.look(13 * SECONDS)!.after).toBe(5);
});

test('what comes while the news is read takes nothing of it away', () => {
  const absence = new Absence();
  absence.touch(4, 0);
  const look = absence.look(10 * SECONDS)!;
  absence.touch(6, 10 * SECONDS);
  expect(absence.ripeUpTo).toBe(6);
  const news = { items: [newsOf('a', 5), newsOf('b', 6)], seq: 6, unread: 2 };
  expect(ids(absence.take(look, news, 10 * SECONDS))).toEqual(['a', 'b']);
});

test('what came within the minute is owed until it is over, and forgotten at last', () => {
  const absence = new Absence();
  absence.touch(0, 0);
  const first = { items: [newsOf('a', 1, ['bob'])], seq: 1, unread: 1 };
  absence.take(absence.look(10 * SECONDS)!, first, 10 * SECONDS);
  absence.touch(1, 20 * SECONDS);
  const again = { items: [newsOf('a', 2, ['carol', 'bob'])], seq: 2, unread: 1 };
  expect(absence.take(absence.look(30 * SECONDS)!, again, 30 * SECONDS)).toEqual([]);
  expect(absence.dueAt).toBe(70 * SECONDS);
  expect(absence.look(69 * SECONDS)).toBeNull();
  const look = absence.look(70 * SECONDS)!;
  expect(look.after).toBe(1);
  expect(ids(absence.take(look, again, 70 * SECONDS))).toEqual(['a']);
  expect(absence.dueAt).toBe(70 * SECONDS + ALERT_QUIET_MS);
  expect(absence.look(absence.dueAt)).toBeNull();
  expect(absence.dueAt).toBe(Infinity);
});

test('what is owed is told of, however much else was pushed meanwhile', () => {
  const absence = new Absence();
  absence.touch(0, 0);
  const first = { items: [newsOf('owed', 1, ['bob'])], seq: 1, unread: 1 };
  expect(ids(absence.take(absence.look(10 * SECONDS)!, first, 10 * SECONDS))).toEqual(['owed']);

  const others = Array.from({ length: 12 }, (_, i) => newsOf(`other ${i}`, 14 - i, ['bob']));
  const items = [...others, newsOf('owed', 2, ['carol', 'bob'])];
  absence.touch(1, 20 * SECONDS);
  const look = absence.look(30 * SECONDS)!;
  expect(ids(absence.take(look, { items, seq: 14, unread: 13 }, 30 * SECONDS))).toEqual(
    ids(others.slice(0, 10).map(({ notification }) => notification)),
  );
  const rested = absence.look(70 * SECONDS)!;
  const news = { items: [...others.slice(0, 10), items.at(-1)!], seq: 14, unread: 13 };
  expect(rested.after).toBe(1);
  expect(ids(absence.take(rested, news, 70 * SECONDS))).toEqual(['owed']);
});

test('who takes a like back and gives it again is told of once in ten minutes', () => {
  const absence = new Absence();
  let seq = 0;
  const likeAt = (now: number, likers: string[]) => {
    seq += 1;
    absence.touch(seq - 1, now - 10 * SECONDS);
    const news = { items: [newsOf('a', seq, likers)], seq, unread: 1 };
    return ids(absence.take(absence.look(now)!, news, now));
  };
  const MINUTE = 60 * SECONDS;
  expect(likeAt(1 * MINUTE, ['bob'])).toEqual(['a']);
  expect(likeAt(3 * MINUTE, ['bob'])).toEqual([]);
  expect(likeAt(5 * MINUTE, ['carol', 'bob'])).toEqual(['a']);
  expect(likeAt(7 * MINUTE, ['bob', 'carol'])).toEqual([]);
  expect(likeAt(9 * MINUTE, ['carol'])).toEqual([]);
  // Nobody new is named, but there is one more.
  expect(likeAt(10 * MINUTE, ['bob', 'carol', 'dave', 'erin'])).toEqual(['a']);
  expect(likeAt(12 * MINUTE, ['erin', 'dave', 'carol', 'bob'])).toEqual(['a']);
  expect(absence.afterVisit().dueAt).toBe(12 * MINUTE + ALERT_QUIET_MS);
  expect(likeAt(22 * MINUTE, ['bob'])).toEqual(['a']);
});

test('a thousand changes within a moment are one', () => {
  const absence = new Absence();
  for (let seq = 0; seq < 1_000; seq += 1) absence.touch(seq, 1 + (seq % 499));
  expect(absence.look(10_500)!.after).toBe(0);
  expect(absence.dueAt).toBe(Infinity);
});
