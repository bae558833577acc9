import type { Page } from '@playwright/test';

export interface PopUp {
  /** Its first words. */
  text: string;
  at: number;
  /** The address that it leads to. */
  link: string | null;
  /** What it said later, in the same place. */
  later: string[];
}

declare global {
  interface Window {
    /** Every toast that popped up on this page since it was loaded, and when. */
    popUps: PopUp[];
    /** When a like button was clicked. */
    likeClicks: number[];
  }
}

export class Toasts {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get all() {
    return this.#page.getByRole('status').filter({ visible: true });
  }

  saying(text: string) {
    return this.all.filter({ hasText: text });
  }

  get closeButtons() {
    return this.#page.getByRole('region', { name: 'Pop-ups' }).getByRole('button', { name: 'Close' });
  }

  /** By keyboard. */
  async mute(words: string) {
    await this.#frame(words).getByRole('button', { name: 'Mute this post' }).press('Enter');
  }

  async undo(words: string) {
    await this.#frame(words).getByRole('button', { name: 'Undo' }).click();
  }

  /** The whole of a toast: the words, and what can be done about it. */
  #frame(words: string) {
    const frames = this.#page.getByRole('region', { name: 'Pop-ups' }).locator('> div');
    return frames.filter({ hasText: words });
  }

  /** The words of every toast that popped up since the page was loaded; one that changed in place counts once. */
  async history(): Promise<string[]> {
    return (await this.popUps()).map((popUp) => popUp.text);
  }

  async popUps(): Promise<PopUp[]> {
    return this.#page.evaluate(() => window.popUps);
  }

  /** The addresses that the toasts of now lead to. */
  async links(): Promise<string[]> {
    return this.all
      .locator('a')
      .evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
  }
}

/** Runs in the page before anything else, and writes down what a person would see or do, with the time of it. */
export function keepRecords() {
  window.popUps = [];
  window.likeClicks = [];
  const known = new WeakMap<Element, PopUp>();
  const note = (toast: Element) => {
    const link = toast.querySelector('a')?.getAttribute('href') ?? null;
    const popUp: PopUp = { text: toast.textContent ?? '', at: 0, link, later: [] };
    known.set(toast, popUp);
    window.popUps.push(popUp);
    // Seen is what has been painted: the frame after this change.
    requestAnimationFrame(() => (popUp.at = Date.now()));
  };
  const noteWords = ({ target }: MutationRecord) => {
    const toast = (target instanceof Element ? target : target.parentElement)?.closest('[role=status]');
    const popUp = toast && known.get(toast);
    const words = toast?.textContent ?? '';
    if (popUp && words !== [popUp.text, ...popUp.later].at(-1)) popUp.later.push(words);
  };
  new MutationObserver((changes) => {
    changes.forEach(noteWords);
    const added = changes
      .flatMap((change) => [...change.addedNodes])
      .filter((node) => node instanceof Element);
    const toasts = added.flatMap((node) => [node, ...node.querySelectorAll('[role=status]')]);
    // Of several that pop up in one frame, the last one told of stands first.
    [
      ...new Set(
        toasts.filter((node) => node.isConnected && !known.has(node) && node.matches('[role=status]')),
      ),
    ]
      .toSorted((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? 1 : -1))
      .forEach(note);
  }).observe(document, { childList: true, characterData: true, subtree: true });
  document.addEventListener(
    'click',
    ({ target }) => {
      if (target instanceof Element && target.closest('button[aria-pressed]'))
        window.likeClicks.push(Date.now());
    },
    { capture: true },
  );
}
