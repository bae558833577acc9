/** Who is to be looked after when. Costs by the number of moments, not of people. */
export class Agenda {
  readonly #moments = new Map<number, Set<string>>();

  /** An earlier moment of theirs stays: to look once too often does no harm. */
  add(userId: string, at: number) {
    const moment = this.#moments.get(at);
    if (moment) moment.add(userId);
    else this.#moments.set(at, new Set([userId]));
  }

  /** The next moment; infinite when there is none. */
  get next(): number {
    return Math.min(Infinity, ...this.#moments.keys());
  }

  /** Takes those out whose moment has come, each once. */
  takeDue(now: number): string[] {
    const due = new Set<string>();
    for (const [at, userIds] of this.#moments) {
      if (at > now) continue;
      for (const userId of userIds) due.add(userId);
      this.#moments.delete(at);
    }
    return [...due];
  }
}
