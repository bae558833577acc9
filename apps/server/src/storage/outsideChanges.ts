import type { Logger } from '../log.ts';
import type { Store } from './store.ts';

/** A ban is to be felt within a second. */
const LOOK_MS = 400;

/** Calls `onChange` soon after another process, such as an operator's command, has written to the storage. */
export function watchOutsideChanges(store: Store, onChange: () => Promise<void>, log: Logger) {
  const look = async () => {
    if (await store.changedElsewhere()) await onChange();
  };
  const timer = setInterval(() => {
    look().catch((error: unknown) =>
      log.warn({ err: error }, 'a change of another process was not looked at'),
    );
  }, LOOK_MS);
  return { close: () => clearInterval(timer) };
}
