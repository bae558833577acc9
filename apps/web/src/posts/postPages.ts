import type { Post, PostsPage } from '@live-likes/contract';
import { withRetries } from '../http/retries.ts';
import { type Readable, writable } from '../realtime/live.ts';

/** Fetches the page below the one that named `before`; null asks for the newest. */
type FetchPage = (before: string | null) => Promise<PostsPage>;

interface State {
  /** Newest first; null until there is one. */
  pages: readonly PostsPage[] | null;
  /** What is under way: the pages that are there anew, or one more. */
  fetching: 'again' | 'more' | null;
  /** What did not work when it was tried last. */
  failed: 'again' | 'more' | null;
  error: unknown;
}

/** A list of posts as far down as it was fetched. */
export interface PostPages extends Readable<State> {
  /** Fetches anew what is there, or the first page. Answers whether the list is fresh now. */
  refresh(): Promise<boolean>;
  /** Fetches one more page, unless something is under way. */
  more(): void;
  /** Forgets all but the first pages, and answers the posts of the others. */
  cut(count: number): Post[];
}

/** @param seenBefore shown until there is a fresh page */
export function createPostPages(fetchPage: FetchPage, seenBefore?: readonly Post[]): PostPages {
  const state = writable<State>({
    pages: seenBefore ? [{ posts: [...seenBefore], next: null }] : null,
    fetching: null,
    failed: null,
    error: null,
  });
  /** Counts the fetches: what an older one brings comes too late. */
  let started = 0;
  let refreshing = Promise.resolve(false);

  const change = (changes: Partial<State>) => state.set({ ...state.get(), ...changes });
  const nextOf = (pages: readonly PostsPage[] | null) => pages?.at(-1)?.next ?? null;

  async function start(
    fetching: 'again' | 'more',
    fetchPages: (isLatest: () => boolean) => Promise<PostsPage[]>,
  ) {
    started += 1;
    const own = started;
    const isLatest = () => own === started;
    // Where there is something to show, a failure is told of until a fetch has worked.
    change(state.get().pages ? { fetching } : { fetching, failed: null, error: null });
    try {
      const pages = await fetchPages(isLatest);
      if (isLatest()) change({ pages, fetching: null, failed: null, error: null });
      return isLatest();
    } catch (error) {
      if (isLatest()) change({ fetching: null, failed: fetching, error });
      return false;
    }
  }

  async function fetchAgain(isLatest: () => boolean) {
    const count = state.get().pages?.length ?? 1;
    const fresh: PostsPage[] = [];
    do {
      const before = nextOf(fresh);
      fresh.push(await withRetries(() => fetchPage(before)));
    } while (fresh.length < count && nextOf(fresh) !== null && isLatest());
    return fresh;
  }

  return {
    get: state.get,
    subscribe: state.subscribe,
    refresh() {
      const { pages, fetching } = state.get();
      if (pages || !fetching) refreshing = start('again', fetchAgain);
      return refreshing;
    },
    more() {
      const { pages, fetching } = state.get();
      const next = nextOf(pages);
      if (!pages || fetching || next === null) return;
      void start('more', async () => [...pages, await withRetries(() => fetchPage(next))]);
    },
    cut(count) {
      const { pages } = state.get();
      if (!pages || pages.length <= count) return [];
      change({ pages: pages.slice(0, count) });
      return pages.slice(count).flatMap((page) => page.posts);
    },
  };
}
