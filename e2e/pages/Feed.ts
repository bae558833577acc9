import type { Page } from '@playwright/test';

/** One post as the page shows it. */
export interface ShownPost {
  text: string;
  liked: boolean;
  count: string;
  waiting: boolean;
}

const WAITING = 'Kept here until the server has confirmed it';

/** A post is known by words that no other post contains. */
export class Feed {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get posts() {
    return this.#page.getByRole('main').getByRole('article');
  }

  post(words: string) {
    return this.posts.filter({ hasText: words });
  }

  likeButton(words: string) {
    return this.post(words).getByRole('button', { name: 'Like', exact: true });
  }

  likeCount(words: string) {
    return this.post(words).getByTestId('like-count');
  }

  /** The mark of a click that the server has not confirmed yet. */
  waitingMark(words: string) {
    return this.post(words).getByTitle(WAITING);
  }

  get waitingMarks() {
    return this.posts.getByTitle(WAITING);
  }

  /** All posts, in one glance. */
  async shown(): Promise<ShownPost[]> {
    return this.posts.evaluateAll(
      (articles, waiting) =>
        articles.map((article) => ({
          text: article.textContent ?? '',
          liked: article.querySelector('button[aria-pressed]')?.getAttribute('aria-pressed') === 'true',
          count: article.querySelector('[data-testid=like-count]')?.textContent ?? '',
          waiting: article.querySelector(`[title="${waiting}"]`) !== null,
        })),
      WAITING,
    );
  }

  /** Says that posts are there which are not shown yet. */
  pill(count: number) {
    return this.#page.getByRole('button', { name: count === 1 ? '1 new post' : `${count} new posts` });
  }

  /** By the time of it, which links to its own page. */
  async opensPost(words: string) {
    await this.post(words)
      .getByRole('link')
      .filter({ has: this.#page.locator('time') })
      .click();
  }

  /** How far below the top of the screen a post is; whole pixels. */
  async topOf(words: string): Promise<number> {
    return Math.round((await this.post(words).boundingBox())?.y ?? Number.NaN);
  }

  /** The how manieth of the list a post is. */
  async positionOf(words: string): Promise<number> {
    return Number(await this.post(words).getAttribute('aria-posinset'));
  }

  /** Where a reader looks: the first post that begins below the header. */
  async firstInView(): Promise<{ words: string; top: number }> {
    return this.posts.evaluateAll((articles) => {
      const first = articles.find((article) => article.getBoundingClientRect().top > 80);
      if (!first) throw new Error('There is no post on the screen.');
      const words = /Post number \d+\./.exec(first.textContent ?? '')?.[0] ?? '';
      return { words, top: Math.round(first.getBoundingClientRect().top) };
    });
  }

  /** Waits until nothing moves any more. */
  async rests() {
    await this.#page.evaluate(async () => {
      const frame = () => new Promise(requestAnimationFrame);
      const glance = () => `${scrollY} ${document.querySelectorAll('main article').length}`;
      for (let same = 0, last = ''; same < 10; await frame()) {
        same = glance() === last ? same + 1 : 0;
        last = glance();
      }
    });
  }

  /** Scrolls down, as fast as posts are there, until this many are above. */
  async scrollsPast(count: number) {
    await this.#page.evaluate(async (wanted) => {
      const frame = () => new Promise(requestAnimationFrame);
      const seen = () => {
        const all = document.querySelectorAll('main article');
        return Number(all[all.length - 1]?.getAttribute('aria-posinset'));
      };
      while (seen() < wanted) {
        scrollTo(0, document.documentElement.scrollHeight);
        await frame();
      }
    }, count);
  }

  async goesBackToAll() {
    await this.#page.getByRole('link', { name: 'All posts' }).click();
  }

  async write(text: string) {
    // Typed, not filled in: React does not hear the latter in Firefox.
    await this.#page.getByRole('textbox', { name: "What's new?" }).pressSequentially(text);
    await this.#page.getByRole('button', { name: 'Post', exact: true }).click();
  }
}
