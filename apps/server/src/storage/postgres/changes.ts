import pg from 'pg';
import type { Logger } from '../../log.ts';
import { connectionTo } from './connection.ts';

/** What the triggers of the tables notify. */
const CHANNEL = 'live_likes';
const AGAIN_MS = 500;
/** A connection that has silently gone would never tell of anything again. */
const ASK_EVERY_MS = 5_000;

/**
 * Hears, over a connection of its own, of what every node must know of: that a session has ended, or a new epoch has
 * begun. Where the connection was lost something may have been missed, so that counts as a change.
 */
export function hearChanges(url: string, log: Logger) {
  let changed = false;
  let closed = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function listen() {
    const fresh = new pg.Client(connectionTo(url));
    client = fresh;
    fresh.on('error', () => undefined);
    fresh.on('notification', () => void (changed = true));
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${CHANNEL}`);
      changed = true;
      fresh.once('end', later);
      ask(fresh);
    } catch (error) {
      log.warn({ err: error }, 'changes of other processes are not heard of; it is tried again');
      void fresh.end().catch(() => undefined);
      later();
    }
  }

  function ask(asked: pg.Client) {
    timer = setTimeout(() => {
      asked.query('SELECT 1').then(
        () => ask(asked),
        () => void asked.end().catch(() => undefined),
      );
    }, ASK_EVERY_MS);
  }

  function later() {
    clearTimeout(timer);
    if (!closed) timer = setTimeout(() => void listen(), AGAIN_MS);
  }

  void listen();

  return {
    /** Whether there was any since the last time this was asked. */
    take(): boolean {
      const before = changed;
      changed = false;
      return before;
    },
    /** What was taken could not be acted on. */
    giveBack: () => void (changed = true),
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
