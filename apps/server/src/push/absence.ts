import { ALERT_QUIET_MS, type Notification } from '@live-likes/contract';
import type { News } from '../storage/store.ts';

/** So long somebody has to see it in a window before it is pushed. */
const WAIT_MS = 10_000;
/** Moments are this far apart, so that many people's, and many changes, fall on one. */
const MOMENT_MS = 500;
/** At most one push of a notification within this time. */
const REST_MS = 60_000;
/** A phone that buzzes for each of hundreds of posts helps nobody: the newest ones, and the number on the badge. */
const PUSHES_AT_ONCE = 10;

interface Pushed {
  at: number;
  /** What was told of up to this `seq` was in it. */
  upTo: number;
  /** News that came meanwhile, and waits for the rest to be over. */
  owed: boolean;
  /** Whom it told of, and until when a like of theirs that comes anew is no news; and of how many at most. */
  actors: ReadonlyMap<string, number>;
  newCount: number;
  forgetAt: number;
}

/** The news to read are those after `after`; what was told of up to `since` is none, unless it was owed. */
export interface Look {
  since: number;
  after: number;
  owed: ReadonlySet<Pushed>;
}

function momentAfter(ms: number): number {
  return Math.ceil(ms / MOMENT_MS) * MOMENT_MS;
}

/**
 * What one person does not know who has no window open: decides what of it is pushed when. Knows of
 * changes by their `seq` alone, so that it needs to read nothing before the moment has come.
 */
export class Absence {
  /** What was told of up to this `seq` has been seen, pushed, or is owed. */
  #since = 0;
  /** Changes whose time to be seen is not over, in their order: all after `from`. */
  #waiting: { from: number; ripeAt: number }[] = [];
  readonly #pushed = new Map<string, Pushed>();

  /** What it is after they were here and saw everything: the rest of what was pushed goes on. */
  afterVisit(): Absence {
    const next = new Absence();
    for (const [id, push] of this.#pushed) next.#pushed.set(id, { ...push, owed: false });
    return next;
  }

  /** The inbox got entries after `from`. Returns whether nothing has waited for their moment yet. */
  touch(from: number, now: number): boolean {
    if (this.#waiting.length === 0) this.#since = Math.max(this.#since, from);
    const ripeAt = momentAfter(now + WAIT_MS);
    if (this.#waiting.at(-1)?.ripeAt === ripeAt) return false;
    this.#waiting.push({ from, ripeAt });
    return true;
  }

  /** When to look again; infinite when there is nothing left to do or to remember. */
  get dueAt(): number {
    let at = this.#waiting[0]?.ripeAt ?? Infinity;
    for (const push of this.#pushed.values()) {
      at = Math.min(at, momentAfter(push.owed ? push.at + REST_MS : push.forgetAt));
    }
    return at;
  }

  /** Begins a look at what has come; null when there can be nothing to push. */
  look(now: number): Look | null {
    const owed = new Set([...this.#pushed.values()].filter((push) => push.owed && push.at + REST_MS <= now));
    for (const push of owed) push.owed = false;
    const isRipe = (this.#waiting[0]?.ripeAt ?? Infinity) <= now;
    this.#waiting = this.#waiting.filter(({ ripeAt }) => ripeAt > now);
    if (!isRipe && owed.size === 0) {
      this.#forget(now);
      return null;
    }
    return { since: this.#since, after: Math.min(this.#since, ...[...owed].map(({ upTo }) => upTo)), owed };
  }

  /** What was told of after this `seq` has had no time to be seen yet. */
  get ripeUpTo(): number {
    return this.#waiting[0]?.from ?? Number.MAX_SAFE_INTEGER;
  }

  /** What of the news to push now, the newest; all that the look was for is dealt with then. */
  take({ since, owed }: Look, { items, seq }: News, now: number): Notification[] {
    const taken: Notification[] = [];
    for (const { notification, toldAt } of items) {
      const push = this.#pushed.get(notification.id);
      const isOwed = push && (push.owed || owed.has(push));
      const known = isOwed ? push.upTo : Math.max(since, push?.upTo ?? 0);
      if (toldAt <= known) continue;
      if (push && push.at + REST_MS > now) push.owed = true;
      else if (taken.length < PUSHES_AT_ONCE && (!push || tellsMore(notification, push, now))) {
        this.#pushed.set(notification.id, pushedNow(notification, push, seq, now));
        taken.push(notification);
      }
    }
    this.#dealtWith(now);
    return taken;
  }

  /** Nothing is to be pushed of what the look was for, nor owed. */
  skip(now: number) {
    for (const push of this.#pushed.values()) push.owed = false;
    this.#dealtWith(now);
  }

  #dealtWith(now: number) {
    // When nothing waits, the next change says where the news begin.
    if (this.#waiting[0]) this.#since = Math.max(this.#since, this.#waiting[0].from);
    this.#forget(now);
  }

  #forget(now: number) {
    for (const [id, { forgetAt }] of this.#pushed) if (forgetAt <= now) this.#pushed.delete(id);
  }
}

/** Whether it tells of anybody new: whoever takes a like back and gives it again is none. */
function tellsMore({ newCount, actors }: Notification, push: Pushed, now: number): boolean {
  return newCount > push.newCount || actors.some(({ id }) => (push.actors.get(id) ?? 0) <= now);
}

function pushedNow(notification: Notification, last: Pushed | undefined, upTo: number, at: number): Pushed {
  const quiet = [...(last?.actors ?? [])].filter(([, until]) => until > at);
  const named = notification.actors.map(({ id }) => [id, at + ALERT_QUIET_MS] as const);
  return {
    at,
    upTo,
    owed: false,
    actors: new Map([...quiet, ...named]),
    newCount: Math.max(last?.newCount ?? 0, notification.newCount),
    // Of an announcement there is never more to tell.
    forgetAt: at + (notification.kind === 'like' ? ALERT_QUIET_MS : REST_MS),
  };
}
