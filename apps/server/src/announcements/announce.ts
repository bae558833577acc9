import { setImmediate as nextTurn } from 'node:timers/promises';
import { ErrorCode, type CreateAnnouncement, type User } from '@live-likes/contract';
import { Refusal } from '../errors.ts';
import type { Publish } from '../publish.ts';
import type { Store } from '../storage/store.ts';

/** Recipients in one transaction: small enough that a like in between waits unnoticed. */
const CHUNK = 200;

/**
 * Sends a text to everybody, or to the people with the ids in `to`, through their inboxes. Resolves
 * when all of them have it on disk.
 *
 * @throws {Refusal} `FORBIDDEN` for anybody but an admin.
 */
export async function announce(
  store: Store,
  publish: Publish,
  admins: ReadonlySet<string>,
  sender: User,
  { text, to }: CreateAnnouncement,
): Promise<{ recipients: number }> {
  if (!admins.has(sender.username)) throw new Refusal(ErrorCode.FORBIDDEN, 'Only admins can announce.');
  const { id, recipients } = await store.createAnnouncement(text, to ?? null);
  await deliver(store, publish, id);
  return { recipients };
}

/** Finishes what a stop of the server interrupted. */
export async function resumeAnnouncements(store: Store, publish: Publish): Promise<void> {
  for (const id of await store.undeliveredAnnouncements()) await deliver(store, publish, id);
}

async function deliver(store: Store, publish: Publish, id: string) {
  for (;;) {
    const { touched, done } = await store.deliverAnnouncement(id, CHUNK);
    publish.inboxes(touched);
    if (done) return;
    await nextTurn();
  }
}
