import type { Page } from '@playwright/test';

export class Header {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get connection() {
    return this.#page.getByTestId('connection');
  }

  userMenu(name: string | RegExp) {
    return this.#page.getByRole('button', { name, exact: true });
  }

  async logOut(name: string) {
    await this.userMenu(name).click();
    await this.#page.getByRole('menuitem', { name: 'Log out' }).click();
  }
}
