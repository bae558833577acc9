/** Keeps account of the events that are being carried out. */
export function createUnderWay() {
  const events = new Set<Promise<unknown>>();
  return {
    add(event: Promise<unknown>) {
      events.add(event);
      const done = () => events.delete(event);
      event.then(done, done);
    },
    /** Resolves when all that is under way now is done, well or not. */
    async none() {
      await Promise.allSettled(events);
    },
  };
}

export type UnderWay = ReturnType<typeof createUnderWay>;
