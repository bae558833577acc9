import { rowOffsets } from './rowLayout.ts';

/** Measures the rows that are there, and remembers those that were. */
export interface RowHeights {
  /** See `rowOffsets`; for any other list, or after any change, made anew. */
  offsets(ids: readonly string[]): Float64Array;
  /** Tells of rows that are not as high as they were taken for; the answer ends that. */
  onChange(listener: () => void): () => void;
  element(id: string): HTMLElement | undefined;
  /** Measures those that have just come, without waiting for the browser to tell. */
  measureNew(): void;
  /** A ref for elements with `data-row`. */
  track(element: HTMLElement | null): (() => void) | undefined;
}

export function createRowHeights(): RowHeights {
  const listeners = new Set<() => void>();
  const heights = new Map<string, number>();
  const elements = new Map<string, HTMLElement>();
  let known: { ids: readonly string[]; offsets: Float64Array } | null = null;
  const idOf = (element: Element) => (element as HTMLElement).dataset['row'] ?? '';

  function measured(id: string, height: number) {
    heights.set(id, height);
    known = null;
  }

  const observer = new ResizeObserver((entries) => {
    let changed = false;
    for (const { target, borderBoxSize } of entries) {
      const height = borderBoxSize[0]?.blockSize ?? 0;
      // What has just been taken away is told of once more, with no height.
      if (!target.isConnected || heights.get(idOf(target)) === height) continue;
      measured(idOf(target), height);
      changed = true;
    }
    if (changed) for (const listener of listeners) listener();
  });

  return {
    offsets(ids) {
      if (known?.ids !== ids) known = { ids, offsets: rowOffsets(ids, heights) };
      return known.offsets;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    element: (id) => elements.get(id),
    measureNew() {
      for (const [id, element] of elements) {
        if (!heights.has(id)) measured(id, element.getBoundingClientRect().height);
      }
    },
    track(element) {
      if (!element) return undefined;
      const id = idOf(element);
      elements.set(id, element);
      observer.observe(element);
      return () => {
        observer.unobserve(element);
        if (elements.get(id) === element) elements.delete(id);
      };
    },
  };
}
