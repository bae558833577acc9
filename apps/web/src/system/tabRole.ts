/** Something that one of several tabs does for all of them. */
export interface TabRole {
  held(): boolean;
  giveUp(): void;
}

/**
 * Stands for a role among the tabs of this browser: one tab holds it until it is closed or gives it up, then the
 * next in line does. Where there are no locks, or none may be had, every tab holds it.
 *
 * @param mode `shared`: any number of tabs hold it at once
 */
export function standFor(
  name: string,
  mode: LockMode = 'exclusive',
  locks: LockManager | undefined = navigator.locks,
): TabRole {
  if (!locks) return { held: () => true, giveUp: () => undefined };
  const ended = new AbortController();
  const done = Promise.withResolvers<void>();
  let held = false;
  const hold = async () => {
    held = !ended.signal.aborted;
    await done.promise;
  };
  // One that is given up while it waits rejects, and so do all where the browser forbids storage.
  locks.request(name, { mode, signal: ended.signal }, hold).catch(() => {
    held = !ended.signal.aborted;
  });
  return {
    held: () => held,
    giveUp() {
      held = false;
      ended.abort();
      done.resolve();
    },
  };
}

/** Whether any tab of this browser holds the role; undefined where that cannot be known. */
export async function isHeld(
  name: string,
  locks: LockManager | undefined = navigator.locks,
): Promise<boolean | undefined> {
  const state = await locks?.query().catch(() => undefined);
  return state?.held?.some((lock) => lock.name === name);
}
