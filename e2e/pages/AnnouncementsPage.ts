import type { Page } from '@playwright/test';

export class AnnouncementsPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get #form() {
    return this.#page.getByRole('form', { name: 'New announcement' });
  }

  get text() {
    return this.#form.getByRole('textbox', { name: 'Announcement' });
  }

  to(choice: 'Everybody' | 'Chosen people') {
    return this.#form.getByRole('radio', { name: choice });
  }

  get search() {
    return this.#form.getByRole('combobox');
  }

  /** The people that the search offers. */
  get offered() {
    return this.#form.getByRole('option');
  }

  get chosen() {
    return this.#form.getByRole('list', { name: 'Chosen people' }).getByRole('listitem');
  }

  remove(name: string) {
    return this.#form.getByRole('button', { name: `Remove ${name}` });
  }

  get preview() {
    return this.#form.getByRole('region', { name: 'Preview' });
  }

  /** How many it reaches. */
  audience(words: string) {
    return this.#form.getByText(words, { exact: true });
  }

  get send() {
    return this.#form.getByRole('button', { name: 'Send', exact: true });
  }

  get problem() {
    return this.#form.getByRole('alert');
  }

  get dialog() {
    return this.#page.getByRole('dialog', { name: 'Send to everybody?' });
  }

  get confirm() {
    return this.dialog.getByRole('button', { name: 'Send to everybody' });
  }

  /** What was sent, newest first. */
  get sent() {
    return this.#page.getByRole('region', { name: 'Sent', exact: true }).getByRole('listitem');
  }
}
