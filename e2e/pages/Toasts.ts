import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** Every toast that popped up on this page since it was loaded, and when. */
    popUps: { text: string; at: number }[];
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

  /** The words of every toast that popped up since the page was loaded; one that changed in place counts once. */
  async history(): Promise<string[]> {
    return (await this.#page.evaluate(() => window.popUps)).map((popUp) => popUp.text);
  }
}

/** Runs in the page before anything else, and writes down what a person would see or do, with the time of it. */
export function keepRecords() {
  window.popUps = [];
  window.likeClicks = [];
  const note = (toast: Element) => {
    const popUp = { text: toast.textContent ?? '', at: 0 };
    window.popUps.push(popUp);
    // Seen is what has been painted: the frame after this change.
    requestAnimationFrame(() => (popUp.at = Date.now()));
  };
  new MutationObserver((changes) => {
    for (const node of changes.flatMap((change) => [...change.addedNodes])) {
      if (!(node instanceof Element)) continue;
      if (node.matches('[role=status]')) note(node);
      node.querySelectorAll('[role=status]').forEach(note);
    }
  }).observe(document, { childList: true, subtree: true });
  document.addEventListener(
    'click',
    ({ target }) => {
      if (target instanceof Element && target.closest('button[aria-pressed]'))
        window.likeClicks.push(Date.now());
    },
    { capture: true },
  );
}
