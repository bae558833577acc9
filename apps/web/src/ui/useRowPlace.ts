import { useCallback, useState } from 'react';
import { useHistoryEntry } from './historyEntry.ts';
import { type RowPlace, scrollMemory } from './scrollMemory.ts';

/** For the list of a page: the row where it was left, when it is come back to, and a way to note the row of now. */
export function useRowPlace() {
  const { key, kind } = useHistoryEntry();
  const [left] = useState(() => {
    const place = kind === 'back' ? scrollMemory.get(key) : undefined;
    return place && place.y > 0 ? place.row : undefined;
  });
  const note = useCallback((row: RowPlace | undefined) => scrollMemory.note(key, { row }), [key]);
  return { left, note };
}
