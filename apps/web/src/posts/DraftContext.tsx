import { createContext, type ReactNode, use, useState } from 'react';

const DraftContext = createContext<readonly [text: string, setText: (text: string) => void] | null>(null);

/** Stands above the routes: what was begun is still there after a look at another page. */
export function DraftProvider({ children }: { children: ReactNode }) {
  return <DraftContext value={useState('')}>{children}</DraftContext>;
}

export function useDraft() {
  const draft = use(DraftContext);
  if (!draft) throw new Error('useDraft outside of DraftProvider');
  return draft;
}
