import { type ChangeSettings, DEFAULT_SETTINGS, type Me, type Settings } from '@live-likes/contract';
import { type Readable, writable } from '@live-likes/client';
import type { Call } from '../http/api.ts';

/** A pop-up waits for the settings, but not longer than this; badge and inbox never do. */
const PATIENCE_MS = 5_000;

/** What only the user may see of themself; null until the server has answered. */
export interface MeState extends Readable<Me | null> {
  /** Fetches it anew; what was known stays when that fails. */
  refresh(): Promise<void>;
  /** Takes newer settings, from a push or an answer; older ones that were late on the way are passed over. */
  take(settings: Settings): void;
  /** Shown at once, stored on the server one after the other; taken back when that fails, which rejects. */
  change(changes: ChangeSettings): Promise<void>;
  /** What to go by: of a page that was just opened, once they are known; the defaults where they cannot be had. */
  settings(): Promise<Settings>;
}

export function createMe(call: Call): MeState {
  const shown = writable<Me | null>(null);
  /** What the server said, the settings on their own, and what is asked of it, oldest first. */
  let known: Me | null = null;
  let newest: Settings | null = null;
  let asked: ChangeSettings[] = [];
  let lastChange: Promise<unknown> = Promise.resolve();
  const first = Promise.withResolvers<void>();

  function show() {
    shown.set(known && { ...known, settings: Object.assign({}, newest, ...asked) as Settings });
  }

  function take(settings: Settings) {
    if (newest && settings.rev <= newest.rev) return;
    newest = settings;
    show();
  }

  return {
    get: shown.get,
    subscribe: shown.subscribe,
    take,
    async refresh() {
      const before = newest;
      const fresh = await call<Me>('GET', '/me').catch(() => null);
      first.resolve();
      if (!fresh) return;
      known = fresh;
      // What came meanwhile may be newer than the answer. What came before is not, however high its number: an older
      // copy of the database may have been put back.
      if (newest === before || !newest || newest.rev < fresh.settings.rev) newest = fresh.settings;
      show();
    },
    async change(changes) {
      const answer = lastChange.then(() => call<Settings>('PATCH', '/me/settings', changes));
      lastChange = answer.catch(() => undefined);
      asked = [...asked, changes];
      show();
      try {
        take(await answer);
      } finally {
        asked = asked.filter((other) => other !== changes);
        show();
      }
    },
    async settings() {
      if (!shown.get())
        await Promise.race([first.promise, new Promise((done) => setTimeout(done, PATIENCE_MS))]);
      return shown.get()?.settings ?? DEFAULT_SETTINGS;
    },
  };
}
