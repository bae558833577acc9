import type { Inbox, Readable } from '../realtime/live.ts';
import { isolated } from '../locales/isolated.ts';
import { text } from '../locales/language.ts';
import { reader } from '../ui/reader.ts';

/**
 * Tells a screen reader what the toasts show, in other and fewer words: however many changes there were since the
 * last time, in one summary.
 */
export function createNewsReader(inbox: Readable<Inbox>, { add } = reader) {
  const fresh = new Set<string>();

  function summary() {
    const { items, unread } = inbox.get();
    const news = [...fresh].flatMap((id) => items.get(id) ?? []).filter((item) => item.newCount > 0);
    fresh.clear();
    const [latest] = news.toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt));
    if (!latest) return null;
    const name = latest.actors[0]?.name;
    return text().inbox.news(news.length, name === undefined ? null : isolated(name), unread);
  }

  return {
    add(id: string) {
      fresh.add(id);
      add('news', summary);
    },
    /** Read or taken back before it was said. */
    drop: (id: string) => fresh.delete(id),
  };
}

export type NewsReader = ReturnType<typeof createNewsReader>;
