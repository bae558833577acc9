/** Counts what is there at one time, by the user or the address that it belongs to: at most `most` for each. */
export function createPlaces(most: number) {
  const taken = new Map<string, number>();
  return {
    /** Takes a place; what it returns gives the place back. Null when there is none. */
    take(key: string): (() => void) | null {
      const before = taken.get(key) ?? 0;
      if (before >= most) return null;
      taken.set(key, before + 1);
      let given = false;
      return () => {
        if (given) return;
        given = true;
        const left = (taken.get(key) ?? 1) - 1;
        if (left > 0) taken.set(key, left);
        else taken.delete(key);
      };
    },
  };
}
