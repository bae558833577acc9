/** Where a list was left: this row of it was so far below the top of the screen. */
export interface RowPlace {
  id: string;
  index: number;
  top: number;
}
interface Place {
  y: number;
  row?: RowPlace | undefined;
}

const KEY = 'live-likes.places';
/** Entries of the history that are remembered, the newest. */
const MOST = 50;

let places: Map<string, Place> | undefined;

function all(): Map<string, Place> {
  if (!places) {
    places = new Map(stored());
    addEventListener('pagehide', store);
  }
  return places;
}

function stored(): [string, Place][] {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as [string, Place][];
  } catch {
    return [];
  }
}

function store() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...all()].slice(-MOST)));
  } catch {
    // Without storage a reload starts at the top.
  }
}

/** Where the reader was, per entry of the history. Lasts as long as the tab, over reloads too. */
export const scrollMemory = {
  get: (key: string) => all().get(key),
  note(key: string, place: Partial<Place>) {
    const known = all().get(key);
    // The newest entries stand last.
    all().delete(key);
    all().set(key, { y: 0, ...known, ...place });
  },
};
