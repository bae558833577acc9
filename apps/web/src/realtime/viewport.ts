import { IDS_MAX } from '@live-likes/contract';

const SETTLE_MS = 100;
/** A long scroll, which never settles, is reported so often. */
const LONGEST_WAIT_MS = 500;
/** Half a screen above and below: a post has its live count before it scrolls into sight. */
const MARGIN = '50% 0px';

/**
 * Reports the `data-post-id` of the tracked elements, once they settle. Of more than can be watched, those
 * in or near the viewport come first.
 */
export function createViewport(onChange: (postIds: string[]) => void) {
  const tracked = new Set<Element>();
  const near = new Set<Element>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitingSince: number | null = null;
  let reported = '';

  function report() {
    waitingSince = null;
    const others = [...tracked].filter((element) => !near.has(element));
    const elements = [...near, ...others].slice(0, IDS_MAX);
    const ids = elements.flatMap((element) => (element as HTMLElement).dataset['postId'] ?? []);
    const key = ids.toSorted().join();
    if (key === reported) return;
    reported = key;
    onChange(ids);
  }

  function schedule() {
    const now = performance.now();
    waitingSince ??= now;
    clearTimeout(timer);
    timer = setTimeout(report, Math.min(SETTLE_MS, waitingSince + LONGEST_WAIT_MS - now));
  }

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) near.add(target);
        else near.delete(target);
      }
      schedule();
    },
    { rootMargin: MARGIN },
  );

  return (element: HTMLElement) => {
    tracked.add(element);
    observer.observe(element);
    return () => {
      observer.unobserve(element);
      tracked.delete(element);
      near.delete(element);
      schedule();
    };
  };
}
