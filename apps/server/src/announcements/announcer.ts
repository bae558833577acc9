import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type AnnouncementsPage,
  type Audience,
  type CreateAnnouncement,
  ErrorCode,
  type User,
} from '@live-likes/contract';
import { v7 as newId } from 'uuid';
import { Refusal } from '../errors.ts';
import type { Publish } from '../publish.ts';
import type { PageRequest, Store } from '../storage/store.ts';

/** Recipients in one transaction: small enough that a like in between waits unnoticed. */
const CHUNK = 200;
const RETRY_MS = 1_000;

export interface AnnouncerDeps {
  store: Store;
  publish: Publish;
  /** Who is connected. */
  presence: { count(): number; onlineOf(userIds: readonly string[]): Promise<number> };
  /** Usernames. */
  admins: ReadonlySet<string>;
}

/** Sends texts to everybody, to one or to many, through their inboxes. */
export function createAnnouncer({ store, publish, presence, admins }: AnnouncerDeps) {
  const closing = new AbortController();
  let retry: NodeJS.Timeout | undefined;
  /** Ids of those that may be stored or not, since the answer was lost, by what was sent. */
  const unsure = new Map<string, string>();

  async function deliver(id: string) {
    while (!closing.signal.aborted) {
      const { touched, done } = await store.deliverAnnouncement(id, CHUNK);
      publish.inboxes(touched);
      if (done) return;
      await nextTurn();
    }
  }

  /** Finishes what a stop of the server or a fault of the storage interrupted. */
  async function resume() {
    try {
      for (const id of await store.undeliveredAnnouncements()) await deliver(id);
    } catch {
      resumeLater();
    }
  }

  function resumeLater() {
    clearTimeout(retry);
    if (!closing.signal.aborted) retry = setTimeout(() => void resume(), RETRY_MS);
  }

  function onlyAdmins({ username }: User) {
    if (!admins.has(username)) throw new Refusal(ErrorCode.FORBIDDEN, 'Only admins can announce.');
  }

  return {
    /**
     * Resolves when the announcement is on disk, and in all inboxes unless the storage fails meanwhile: it
     * gets there later then, so that nobody has a reason to send it again.
     *
     * @throws {Refusal} `FORBIDDEN` for anybody but an admin, `UNAVAILABLE` when it is not known to be stored: the same
     * sent again here is the same announcement.
     */
    async announce(sender: User, { text, to }: CreateAnnouncement): Promise<{ recipients: number }> {
      onlyAdmins(sender);
      const key = JSON.stringify([sender.id, text, to]);
      const id = unsure.get(key) ?? newId();
      const create = () => store.createAnnouncement(id, text, to ?? null);
      try {
        const { recipients } = await create().catch(create);
        unsure.delete(key);
        await deliver(id).catch(resumeLater);
        return { recipients };
      } catch (error) {
        unsure.set(key, id);
        resumeLater();
        throw error;
      }
    },
    /**
     * Whom an announcement would reach now. `to`: ids, unknown ones are left out; without it: everybody.
     *
     * @throws {Refusal} `FORBIDDEN` for anybody but an admin.
     */
    async audience(asker: User, to: readonly string[] | undefined): Promise<Audience> {
      onlyAdmins(asker);
      if (!to) return { recipients: await store.countUsers(), online: presence.count() };
      const recipients = await store.knownUsers(to);
      return { recipients: recipients.length, online: await presence.onlineOf(recipients) };
    },

    /**
     * What has become of the announcements, newest first.
     *
     * @throws {Refusal} `FORBIDDEN` for anybody but an admin.
     */
    async reports(asker: User, page: PageRequest): Promise<AnnouncementsPage> {
      onlyAdmins(asker);
      return store.announcements(page);
    },

    resume,
    close() {
      closing.abort();
      clearTimeout(retry);
    },
  };
}

export type Announcer = ReturnType<typeof createAnnouncer>;
