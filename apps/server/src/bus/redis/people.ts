import type { Clock } from '../../clock.ts';
import type { UserNote } from '../bus.ts';

/** A node that has just got a user may have read the inbox before what another one has not told it. */
const JUST_MS = 2_000;

/** A user who is connected here. */
export interface Person {
  /** Whether there may be another node where they are connected. */
  elsewhere: boolean;
  /** How many nodes have said so. */
  greetings: number;
  /** What no other node was told of lately: the last note of each kind and post, the oldest first. */
  readonly skipped: Map<string, { note: UserNote; at: number }>;
}

export const arrived = (): Person => ({ elsewhere: true, greetings: 0, skipped: new Map() });

/** Keeps what no other node is told, since there is none to tell. */
export function skip({ skipped }: Person, note: UserNote, clock: Clock) {
  const now = clock.now();
  for (const [key, { at }] of skipped) {
    if (at > now - JUST_MS) break;
    skipped.delete(key);
  }
  skipped.delete(keyOf(note));
  skipped.set(keyOf(note), { note, at: now });
}

/** Another node has the user, too. Returns what it should have been told just now. */
export function greeted(person: Person, clock: Clock): UserNote[] {
  person.elsewhere = true;
  person.greetings += 1;
  const skipped = [...person.skipped.values()];
  person.skipped.clear();
  return skipped.flatMap(({ note, at }) => (at > clock.now() - JUST_MS ? [note] : []));
}

/** A later note with the same key says all that the earlier one did. */
export const keyOf = (note: UserNote) => ('state' in note ? `like ${note.state.postId}` : note.kind);
