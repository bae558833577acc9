import type { Page } from '@playwright/test';

/** The bell, and the panel that it opens. */
export class Inbox {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get bell() {
    return this.#page.getByRole('button', { name: /^Notifications/ });
  }

  get panel() {
    return this.#page.getByRole('region', { name: 'Notifications', exact: true });
  }

  get items() {
    return this.panel.getByRole('listitem');
  }

  async open() {
    await this.bell.click();
    await this.panel.waitFor();
  }

  async close() {
    await this.bell.click();
    await this.panel.waitFor({ state: 'hidden' });
  }

  async mute(words: string) {
    await this.#item(words).getByRole('button', { name: 'Mute this post' }).click();
  }

  async unmute(words: string) {
    await this.#item(words).getByRole('button', { name: 'Unmute this post' }).click();
  }

  async markAllAsRead() {
    await this.panel.getByRole('button', { name: 'Mark all as read' }).click();
  }

  #item(words: string) {
    return this.items.filter({ hasText: words });
  }
}
