import type { Page } from '@playwright/test';

export class LoginPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get form() {
    return this.#page.getByRole('button', { name: 'Log in', exact: true });
  }

  get explanation() {
    return this.#page.getByRole('alert').filter({ hasText: /\w/ });
  }

  async continueAs(name: string) {
    await this.#page.getByRole('button', { name: `Continue as ${name}`, exact: true }).click();
  }

  async logIn(username: string, password: string) {
    await this.#page.getByLabel('Username', { exact: true }).fill(username);
    await this.#page.getByLabel('Password', { exact: true }).fill(password);
    await this.form.click();
  }

  async createAccount(account: { name: string; username: string; email: string; password: string }) {
    await this.#page.getByRole('link', { name: 'Create account' }).click();
    await this.#page.getByLabel('Name', { exact: true }).fill(account.name);
    await this.#page.getByLabel('Username', { exact: true }).fill(account.username);
    await this.#page.getByLabel('Email', { exact: true }).fill(account.email);
    await this.#page.getByLabel('Password', { exact: true }).fill(account.password);
    await this.#page.getByRole('button', { name: 'Create account', exact: true }).click();
  }
}
