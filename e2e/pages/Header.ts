import type { Page } from '@playwright/test';

export class Header {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get connection() {
    return this.#page.getByTestId('connection');
  }

  /** Says that what is shown is old, and how old. */
  get oldMark() {
    return this.#page.getByText(/^Offline: as of \d\d:\d\d$/);
  }

  userMenu(name: string | RegExp) {
    return this.#page.getByRole('button', { name, exact: true });
  }

  menuItem(name: string) {
    return this.#page.getByRole('menuitem', { name });
  }

  async openSettings(name: string) {
    await this.userMenu(name).click();
    await this.menuItem('Settings').click();
  }

  async logOut(name: string) {
    await this.userMenu(name).click();
    await this.menuItem('Log out').click();
  }
}
