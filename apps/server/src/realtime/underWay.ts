/** Events that began before the same call of `none`. */
interface Group {
  open: number;
  whenEmpty?(): void;
}

/** Keeps account of the events that are being carried out; it makes nothing for each, since there are thousands at a time. */
export function createUnderWay() {
  let current: Group = { open: 0 };
  return {
    /** @returns what `end` wants to know. */
    begin(): Group {
      current.open += 1;
      return current;
    },
    end(group: Group) {
      group.open -= 1;
      if (group.open === 0) group.whenEmpty?.();
    },
    /** Resolves when all that began since the last call is done, well or not. */
    async none() {
      const group = current;
      current = { open: 0 };
      if (group.open > 0) await new Promise<void>((resolve) => (group.whenEmpty = resolve));
    },
  };
}

export type UnderWay = ReturnType<typeof createUnderWay>;
