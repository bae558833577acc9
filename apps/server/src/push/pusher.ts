import { isQuiet, type Settings } from '@live-likes/contract';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Tally } from '../metrics/tally.ts';
import type { PushStore, Touched } from '../storage/store.ts';
import { Absence, type Look } from './absence.ts';
import { Agenda } from './agenda.ts';
import { createDeliverer, type Push } from './deliver.ts';
import type { EndpointRule } from './endpoint.ts';
import { toMessage, topicOf } from './message.ts';
import { createSender } from './sender.ts';
import type { Vapid } from './vapid.ts';

/** People followed at once. Those beyond get no push, and find everything in their inbox. */
const ABSENCES_MAX = 100_000;
/** How many are asked for at once whether they have a subscription. */
const CHUNK = 500;
/** Far more than are pushed at once: what was pushed already is among them, before what is owed. */
const NEWS_MAX = 200;
/** Of likes there can be a newer push after a minute, which must not come first. */
const PUSHED_WITHIN_MS = { like: 45_000, announcement: 10 * 60_000 };

interface Due {
  userId: string;
  absence: Absence;
  look: Look;
}

export interface PusherDeps {
  store: PushStore;
  vapid: Vapid;
  rule: EndpointRule;
  /** Of the users, those who have a window open at another node. Rejects while that is not known. */
  connected(userIds: readonly string[]): Promise<ReadonlySet<string>>;
  settingsOf(userId: string): Promise<Pick<Settings, 'system' | 'quietHours'>>;
  clock: Clock;
  tally: Tally;
  log: Logger;
}

/**
 * Tells those by Web Push who have no window open. It only ever follows what was committed: nothing waits for
 * it, and whatever fails here is in the inbox anyway.
 */
export function startPusher({ store, vapid, rule, connected, settingsOf, clock, tally, log }: PusherDeps) {
  const absences = new Map<string, Absence>();
  const agenda = new Agenda();
  const deliverer = createDeliverer({ vapid, rule, clock });
  const sender = createSender({
    deliver,
    isDue,
    forget: (endpoint) => store.forgetPushSubscription(endpoint),
    clock,
    log,
  });
  let timer: unknown;
  let timerAt = Infinity;
  let looking = false;
  let closed = false;

  async function deliver(push: Push) {
    const delivery = await deliverer.deliver(push);
    tally.webPushes[delivery] += 1;
    return delivery;
  }

  function wakeAt(at: number) {
    if (closed || looking || at >= timerAt) return;
    clock.clearTimeout(timer);
    timerAt = at;
    timer = clock.setTimeout(() => void lookRound(), Math.max(0, at - clock.now()));
  }

  /** Looks after all whose moment has come. */
  async function lookRound() {
    looking = true;
    timerAt = Infinity;
    const now = clock.now();
    const due = agenda.takeDue(now);
    for (let start = 0; start < due.length; start += CHUNK) {
      // Others' likes come between the chunks.
      await clock.nextTurn();
      await lookAfter(due.slice(start, start + CHUNK), now);
    }
    looking = false;
    wakeAt(agenda.next);
  }

  async function lookAfter(userIds: string[], now: number) {
    const looks: Due[] = [];
    for (const userId of userIds) {
      const absence = absences.get(userId);
      const look = absence?.look(now);
      if (absence && look) looks.push({ userId, absence, look });
      else if (absence) goOn(userId, absence);
    }
    if (looks.length === 0) return;
    const away = await withoutWindow(looks, now);
    const ids = away.map(({ userId }) => userId);
    const subscribers = await store.pushSubscribers(ids, new Date(now)).catch((error: unknown) => {
      log.warn({ err: error }, 'pushes were lost; the inbox has them');
      return [];
    });
    const subscribed = new Set(subscribers);
    for (const { userId, absence, look } of away) {
      if (subscribed.has(userId)) {
        await clock.nextTurn();
        await lookUp(userId, absence, look);
      } else absence.skip(now);
      goOn(userId, absence);
    }
  }

  /** Of them, those who are at no other node either. Where nobody knows, it is looked at again later. */
  async function withoutWindow(looks: Due[], now: number): Promise<Due[]> {
    const here = await connected(looks.map(({ userId }) => userId)).catch(() => null);
    for (const { userId, absence, look } of looks) {
      if (here?.has(userId)) arrived(userId);
      else if (!here) absence.touch(look.after, now);
      if (!here) goOn(userId, absence);
    }
    return here ? looks.filter(({ userId }) => !here.has(userId)) : [];
  }

  /** Until its next moment; forgets it when there is none. */
  function goOn(userId: string, absence: Absence) {
    if (absences.get(userId) !== absence) return;
    if (absence.dueAt === Infinity) absences.delete(userId);
    else agenda.add(userId, absence.dueAt);
  }

  async function lookUp(userId: string, absence: Absence, look: Look) {
    const now = clock.now();
    const isHere = () => absences.get(userId) !== absence || closed;
    try {
      const { system, quietHours } = await settingsOf(userId);
      if (isHere() || !system || isQuiet(quietHours, now)) return absence.skip(now);
      const subscriptions = await store.pushSubscriptions(userId, new Date(now));
      const range = { since: look.after, upTo: absence.ripeUpTo };
      const news = await store.news(userId, range, NEWS_MAX);
      if (isHere()) return absence.skip(now);
      for (const notification of absence.take(look, news, now)) {
        const push = {
          userId,
          notificationId: notification.id,
          message: toMessage(notification, news.unread),
          topic: topicOf(notification),
          until: clock.now() + PUSHED_WITHIN_MS[notification.kind],
        };
        for (const subscription of subscriptions) sender.send({ ...push, subscription });
      }
    } catch (error) {
      absence.skip(now);
      log.warn({ err: error }, 'a push was lost; the inbox has it');
    }
  }

  /** Not when it was read, taken back or muted meanwhile, or the session that it would go to has ended. */
  function isDue({ userId, subscription: { endpoint }, notificationId }: Push): Promise<boolean> {
    return store.isPushDue(userId, { endpoint, notificationId }, new Date(clock.now()));
  }

  /** They have opened a window, and see everything there. */
  function arrived(userId: string) {
    sender.drop(userId);
    const absence = absences.get(userId);
    if (!absence) return;
    const next = absence.afterVisit();
    absences.set(userId, next);
    goOn(userId, next);
  }

  return {
    /** The inbox of somebody who has no window open has changed. */
    touched({ userId, from }: Touched) {
      if (closed) return;
      const absence = absences.get(userId) ?? new Absence();
      if (!absences.has(userId)) {
        if (absences.size >= ABSENCES_MAX) return;
        absences.set(userId, absence);
      }
      if (!absence.touch(from, clock.now())) return;
      agenda.add(userId, absence.dueAt);
      wakeAt(absence.dueAt);
    },
    arrived,
    close() {
      closed = true;
      clock.clearTimeout(timer);
      absences.clear();
      sender.close();
      deliverer.close();
    },
  };
}
