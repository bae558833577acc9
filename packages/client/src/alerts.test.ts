import { ALERT_QUIET_MS, type Notification, type User } from '@live-likes/contract';
import { expect, test } from 'vitest';
import { createAlerts } from './alerts.ts';

const person = (id: string): User => ({ id, username: id, name: id, image: null });

let laterEachTime = 1_000;

/** The notification of one post with these likers, the newest first. */
function liked(likers: string[], newCount = likers.length): Notification {
  const actors = likers.slice(0, 3).map(person);
  const rest = {
    kind: 'like' as const,
    seq: 1,
    post: null,
    text: null,
    updatedAt: String(laterEachTime++),
    removed: false,
  };
  return { id: 'n', ...rest, actors, count: likers.length, newCount };
}

function setUp() {
  const clock = { now: 1_000_000 };
  const alerts = createAlerts(() => clock.now);
  const kind = (before: Notification | undefined, after: Notification | undefined) =>
    alerts.of({ id: 'n', before, after }, '').kind;
  return { clock, kind };
}

test('a new like pops up, and so does the next one', () => {
  const { kind } = setUp();
  expect(kind(undefined, liked(['bob']))).toBe('show');
  expect(kind(liked(['bob']), liked(['carol', 'bob']))).toBe('show');
});

test('what was read or retracted goes', () => {
  const { kind } = setUp();
  expect(kind(liked(['bob']), liked(['bob'], 0))).toBe('dismiss');
  expect(kind(liked(['bob']), undefined)).toBe('dismiss');
});

test('a mute takes the pop-up away, and its end brings none back', () => {
  const { kind } = setUp();
  const told = liked(['carol', 'bob']);
  const muted = { ...told, post: { id: 'p', excerpt: '', muted: true as const } };
  kind(undefined, told);
  expect(kind(told, muted)).toBe('dismiss');
  expect(kind(muted, told)).toBe('update');
});

test('one of several likers going changes the text, and pops nothing up', () => {
  const { kind } = setUp();
  kind(undefined, liked(['carol', 'bob']));
  expect(kind(liked(['carol', 'bob']), liked(['bob']))).toBe('update');
});

test('whoever likes again within ten minutes is not announced again', () => {
  const { clock, kind } = setUp();
  expect(kind(undefined, liked(['bob']))).toBe('show');
  kind(liked(['bob']), undefined);
  clock.now += ALERT_QUIET_MS - 1;
  expect(kind(undefined, liked(['bob']))).toBe('update');
  kind(liked(['bob']), undefined);
  clock.now += ALERT_QUIET_MS;
  expect(kind(undefined, liked(['bob']))).toBe('show');
});

test('a re-like together with a new one is news', () => {
  const { kind } = setUp();
  kind(undefined, liked(['bob']));
  kind(liked(['bob']), undefined);
  expect(kind(undefined, liked(['bob', 'carol']))).toBe('show');
});

test('the first like of somebody whose name the notification has no room for is news', () => {
  const { kind } = setUp();
  kind(undefined, liked(['a', 'b', 'c']));
  kind(liked(['a', 'b', 'c']), undefined);
  expect(kind(undefined, liked(['a', 'b', 'c', 'd']))).toBe('show');
});

test('who comes in the same delta as another goes is news', () => {
  const { kind } = setUp();
  kind(undefined, liked(['bob']));
  expect(kind(liked(['bob']), liked(['carol']))).toBe('show');
});

test('news is found behind the name of one who was announced before', () => {
  const { kind } = setUp();
  kind(undefined, liked(['bob']));
  expect(kind(liked([]), liked(['bob', 'carol'], 1))).toBe('show');
});

test('a read liker who comes back is no news beside an unread one', () => {
  const { kind } = setUp();
  kind(undefined, liked(['carol']));
  expect(kind(liked(['carol']), liked(['bob', 'carol'], 1))).toBe('update');
  expect(kind(liked(['a', 'b', 'c', 'd'], 2), liked(['x', 'a', 'b', 'c', 'd'], 2))).toBe('update');
});

test('the going of somebody whose like was read brings nobody back', () => {
  const { kind } = setUp();
  const carolRead = liked(['carol'], 0);
  const bobToo = liked(['bob', 'carol'], 1);
  const bobAlone = { ...liked(['bob'], 1), updatedAt: bobToo.updatedAt };
  expect(kind(carolRead, bobToo)).toBe('show');
  expect(kind(bobToo, bobAlone)).toBe('update');
});
