import type { Page } from '@playwright/test';

export class SettingsPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get heading() {
    return this.#page.getByRole('heading', { name: 'Settings', exact: true });
  }

  /** `Pop-ups`, `Sound`, `System notifications`, `Quiet every day`. */
  switch(name: string) {
    return this.#page.getByRole('switch', { name, exact: true });
  }

  get from() {
    return this.#page.getByLabel('From', { exact: true });
  }

  get to() {
    return this.#page.getByLabel('To', { exact: true });
  }

  appearance(name: 'System' | 'Light' | 'Dark') {
    return this.#page.getByRole('group', { name: 'Appearance' }).getByRole('radio', { name, exact: true });
  }

  get language() {
    return this.#page.getByRole('combobox', { name: /^(Language|语言)$/ });
  }
}
