import type { Page } from '@playwright/test';

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

  /** Says that posts are there which are not shown yet. */
  pill(count: number) {
    return this.#page.getByRole('button', { name: count === 1 ? '1 new post' : `${count} new posts` });
  }

  async write(text: string) {
    // Typed, not filled in: React does not hear the latter in Firefox.
    await this.#page.getByRole('textbox', { name: "What's new?" }).pressSequentially(text);
    await this.#page.getByRole('button', { name: 'Post', exact: true }).click();
  }
}
