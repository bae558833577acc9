import type { Page } from '@playwright/test';

/** The page of all notifications; its list is the one of the bell's panel. */
export class NotificationsPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get title() {
    return this.#main.getByRole('heading', { name: 'Notifications', level: 1 });
  }

  get days() {
    return this.#main.getByRole('heading', { level: 2 });
  }

  get items() {
    return this.#main.getByRole('listitem');
  }

  get unread() {
    return this.items.filter({ hasText: 'Unread:' });
  }

  get retry() {
    return this.#main.getByRole('button', { name: 'Retry' });
  }

  async open() {
    await this.#page.getByRole('link', { name: 'See all' }).click();
    await this.title.waitFor();
  }

  async markAllAsRead() {
    await this.#main.getByRole('button', { name: 'Mark all as read' }).click();
  }

  async scrollsToTheEnd() {
    await this.#page.evaluate(() => scrollTo({ top: document.documentElement.scrollHeight }));
  }

  get #main() {
    return this.#page.getByRole('main');
  }
}
