const MOST = 10_000;

/**
 * What could not be told, for when it can: of each thing one, and no more than ten thousand. What does not fit is healed
 * from the store, like all that is lost.
 */
export class Backlog {
  readonly #waiting = new Map<string, () => void>();

  /** Keeps the last thing that there is to tell of `what`. */
  keepLast(what: string, tell: () => void) {
    if (this.#waiting.size < MOST || this.#waiting.has(what)) this.#waiting.set(what, tell);
  }

  /** Keeps the first one, which says all that the later ones do. */
  keepFirst(what: string, tell: () => void) {
    if (!this.#waiting.has(what)) this.keepLast(what, tell);
  }

  tellAll() {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const tell of waiting) tell();
  }
}
