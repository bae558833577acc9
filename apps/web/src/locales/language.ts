import { useSyncExternalStore } from 'react';
import { en, type Messages } from './en.ts';
import type { PageMessages } from './enPages.ts';

export type Language = 'en' | 'zh-CN';

/** Every language by its own name. */
export const LANGUAGES: Record<Language, string> = { en: 'English', 'zh-CN': '简体中文' };

const KEY = 'live-likes.language';
/** Of English, the words of pages that come on demand are left to them (`usePageText`). */
type Catalogue = Messages | (Messages & PageMessages);

const catalogues: Record<Language, () => Promise<Catalogue>> = {
  en: async () => en,
  'zh-CN': async () => (await import('./zhCN.ts')).zhCN,
};

let language: Language = 'en';
let messages: Catalogue = en;
/** What was asked for last: a catalogue that comes later than that is too late. */
let wanted: Language = language;
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The words of the chosen language, outside of components. */
export const text = () => messages;
export const currentLanguage = () => language;

/** The words of the chosen language; the component is rendered anew when another one is chosen. */
export const useText = () => useSyncExternalStore(subscribe, text);
export const useLanguage = () => useSyncExternalStore(subscribe, currentLanguage);

/** Of the languages that a browser asks for, in its order, the first that there is. */
export function pickLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    const [primary] = tag.toLowerCase().split('-');
    if (primary === 'zh') return 'zh-CN';
    if (primary === 'en') return 'en';
  }
  return 'en';
}

/** Shows the language chosen earlier on this device, or the browser's. To be called once, before anything is shown. */
export async function startLanguage() {
  addEventListener('storage', (event) => {
    if (event.key === KEY) void show(asLanguage(event.newValue) ?? pickLanguage(navigator.languages));
  });
  await show(remembered() ?? pickLanguage(navigator.languages));
}

/** In all tabs of this browser, now and later. */
export async function chooseLanguage(next: Language) {
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Without storage the choice holds for this tab.
  }
  await show(next);
}

async function show(next: Language) {
  wanted = next;
  // One that cannot be fetched leaves the words as they are.
  const words = await catalogues[next]().catch(() => null);
  if (wanted !== next) return;
  if (words) {
    messages = words;
    language = next;
  }
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

function remembered(): Language | null {
  try {
    return asLanguage(localStorage.getItem(KEY));
  } catch {
    return null;
  }
}

function asLanguage(value: string | null): Language | null {
  return value !== null && Object.hasOwn(LANGUAGES, value) ? (value as Language) : null;
}
