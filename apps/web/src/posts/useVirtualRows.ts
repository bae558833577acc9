import {
  startTransition,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { beforeLeaving } from '../ui/beforeLeaving.ts';
import type { RowPlace } from '../ui/scrollMemory.ts';
import { createRowHeights } from './rowHeights.ts';
import { type Piece, piecesOf, rowAt, shiftOf, type Span, spanAround } from './rowLayout.ts';

/** Rows that are there until the first look at the screen: more would keep it from being painted. */
const FIRST_ROWS = 6;
/** Where the reader's eye begins, below the sticky header. */
const EYE_PX = 80;

interface View extends Span {
  /** The list that the numbers are of. */
  ids: readonly string[];
  /** The row at the reader's eye. */
  first: number;
  /** The row with the focus, which must not go while it has it. */
  kept: string | null;
}

/** Browsers that keep what is on the screen in its place when something above it changes its height. */
const anchorsItself = () => CSS.supports('overflow-anchor', 'auto');

/**
 * The rows of a long list that are near the screen, and the gaps for the others. All are in the normal flow of the
 * page, so the browser's own scroll anchoring keeps the reader's place; where it has none, we do the same.
 *
 * `left`: the row where the reader left the list; `note`: told of the row where they are now.
 */
export function useVirtualRows(
  ids: readonly string[],
  left: RowPlace | undefined,
  note: (row: RowPlace | undefined) => void,
) {
  const list = useRef<HTMLDivElement>(null);
  const [rows] = useState(createRowHeights);
  const toRestore = useRef(left);
  /** What the reader has before their eyes: this row, so far below the top of the list, at that scroll position. */
  const eye = useRef<{ id: string; offset: number; y: number }>(null);
  const check = useRef(0);
  const painted = useRef(false);

  const [latest, setView] = useState<View>(() => {
    const found = left ? ids.indexOf(left.id) : -1;
    const first = Math.max(0, found === -1 ? Math.min(left?.index ?? 0, ids.length - 1) : found);
    return { ids, first, kept: null, start: first, end: Math.min(first + FIRST_ROWS, ids.length) };
  });
  const view = latest.ids === ids ? latest : moved(latest, ids);

  /** Finds out what is on the screen now. */
  const look = useEffectEvent((box: DOMRect): View => {
    rows.measureNew();
    const offsets = rows.offsets(ids);
    const first = rowAt(offsets, EYE_PX - box.top);
    const span = spanAround(first, rowAt(offsets, innerHeight - box.top), ids.length);
    const { activeElement } = document;
    const focused = list.current?.contains(activeElement)
      ? activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row']
      : null;
    return { ids, first, kept: focused ?? null, ...span };
  });

  const update = useEffectEvent(() => {
    if (!list.current) return;
    const now = look(list.current.getBoundingClientRect());
    const same = now.ids === latest.ids && now.start === latest.start && now.end === latest.end;
    if (!same || now.kept !== latest.kept) setView(now);
  });

  /** Remembers what the reader has before their eyes; nothing, while that is what stands above the list. */
  const noteEye = useEffectEvent(() => {
    if (!list.current) return;
    const box = list.current.getBoundingClientRect();
    const index = rowAt(rows.offsets(ids), EYE_PX - box.top);
    const id = box.top < EYE_PX ? ids[index] : undefined;
    const element = id === undefined ? undefined : rows.element(id);
    if (id === undefined || !element) {
      eye.current = null;
      note(undefined);
      return;
    }
    const { top } = element.getBoundingClientRect();
    eye.current = { id, offset: top - box.top, y: scrollY };
    note({ id, index, top });
  });

  /** Scrolls by as much as the list has moved what the reader has before their eyes. */
  const followEye = useEffectEvent(() => {
    const element = eye.current && rows.element(eye.current.id);
    if (element && list.current) {
      const { top } = list.current.getBoundingClientRect();
      scrollDown(element.getBoundingClientRect().top - top - (eye.current?.offset ?? 0));
    }
    noteEye();
  });

  const keepPlace = useEffectEvent(() => {
    if (!anchorsItself()) return followEye();
    // The browser does that with the next frame, if it does: after a jump to where no row was yet, it does not.
    cancelAnimationFrame(check.current);
    check.current = requestAnimationFrame(() => {
      if (eye.current?.y === scrollY) followEye();
      else noteEye();
    });
  });

  useLayoutEffect(() => {
    const row = toRestore.current;
    toRestore.current = undefined;
    if (row) {
      const element = rows.element(
        ids.includes(row.id) ? row.id : (ids[Math.min(row.index, ids.length - 1)] ?? ''),
      );
      if (element) scrollDown(element.getBoundingClientRect().top - row.top);
      noteEye();
    } else {
      keepPlace();
    }
    // What is on the screen is known only when it is there.
    if (painted.current) update();
  }, [ids, view, rows]);

  // The first rows are on the screen before anything is measured, and the others come in slices.
  useEffect(() => {
    painted.current = true;
    startTransition(update);
  }, []);

  useEffect(() => {
    const onScroll = () => {
      noteEye();
      // In time for the same frame: a fast scroll must not see a gap.
      flushSync(() => update());
    };
    addEventListener('scroll', onScroll, { passive: true });
    addEventListener('resize', onScroll);
    const stopNoting = beforeLeaving(noteEye);
    const stopMeasuring = rows.onChange(() => {
      keepPlace();
      update();
    });
    return () => {
      removeEventListener('scroll', onScroll);
      removeEventListener('resize', onScroll);
      stopNoting();
      stopMeasuring();
      cancelAnimationFrame(check.current);
    };
  }, [rows]);

  const pieces = useMemo((): Piece[] => {
    const kept = view.kept === null ? -1 : ids.indexOf(view.kept);
    return piecesOf(view, kept === -1 ? null : kept, rows.offsets(ids));
  }, [ids, view, rows]);

  return { list, track: rows.track, pieces };
}

function scrollDown(by: number) {
  if (Math.abs(by) >= 1) scrollBy({ top: by, behavior: 'instant' });
}

/** The same rows, in the list as it is now. */
function moved(view: View, ids: readonly string[]): View {
  const shift = shiftOf(view.ids, ids, view.first);
  const clamp = (row: number) => Math.min(Math.max(0, row + shift), ids.length);
  return { ...view, ids, first: clamp(view.first), start: clamp(view.start), end: clamp(view.end) };
}
