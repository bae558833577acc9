/** The people of these tests. Each sits at a browser of their own, and is told what to do in their language. */
import { type BrowserContext, expect, type Page } from '@playwright/test';
import { Feed } from './pages/Feed.ts';
import { Header } from './pages/Header.ts';
import { Inbox } from './pages/Inbox.ts';
import { LoginPage } from './pages/LoginPage.ts';
import { NotificationsPage } from './pages/NotificationsPage.ts';
import { SettingsPage } from './pages/SettingsPage.ts';
import { keepRecords, Toasts } from './pages/Toasts.ts';
import { WireJournal } from './wireJournal.ts';

const PASSWORD = 'live-likes-demo';
/** The promise is a second. A machine that runs a server and four browsers on two cores is given more. */
const PROMISE = { timeout: 5_000 };
/** A break is noticed at once; the tries to connect again are up to seven and a half seconds apart. */
const RECOVERY = { timeout: 15_000 };

/** Posts of the demo, by words that no other post contains. */
export const DEMO_POSTS = {
  alice: ['Good morning! The light', 'a good recipe for green tomatoes', 'Planted tomatoes'],
  bob: ['Game night at mine', 'Small joy of the week', 'reading the manual out loud'],
} as const;

export type Person = 'alice' | 'bob' | 'carol' | 'dave';
const NAMES: Record<Person, string> = { alice: 'Alice', bob: 'Bob', carol: 'Carol', dave: 'Dave' };

/** One person at one tab. */
export class Actor {
  readonly page: Page;
  readonly loginPage: LoginPage;
  readonly feed: Feed;
  readonly header: Header;
  readonly inbox: Inbox;
  readonly notifications: NotificationsPage;
  readonly toasts: Toasts;
  readonly settings: SettingsPage;
  readonly wire: WireJournal;
  #person: Person | undefined;

  private constructor(page: Page) {
    this.page = page;
    this.loginPage = new LoginPage(page);
    this.feed = new Feed(page);
    this.header = new Header(page);
    this.inbox = new Inbox(page);
    this.notifications = new NotificationsPage(page);
    this.toasts = new Toasts(page);
    this.settings = new SettingsPage(page);
    this.wire = new WireJournal(page);
  }

  static async at(context: BrowserContext): Promise<Actor> {
    const page = await context.newPage();
    await page.addInitScript(keepRecords);
    return new Actor(page);
  }

  /** Who has logged in here. */
  get person(): Person {
    if (!this.#person) throw new Error('Nobody has logged in here.');
    return this.#person;
  }

  async opens(address = '/') {
    await this.page.goto(address);
  }

  /** Logs in without the login page, which has tests of its own. */
  async logsInAs(person: Person) {
    await this.changesCookieTo(person);
    await this.opens();
    await this.isInAs(person);
  }

  /** As a login in another program would that shares the browser's cookies: no page hears of it. */
  async changesCookieTo(person: Person) {
    const credentials = { username: person, password: PASSWORD };
    const answer = await this.page
      .context()
      .request.post('/api/auth/sign-in/username', { data: credentials });
    expect(answer.status()).toBe(200);
  }

  async continuesAs(person: Person) {
    await this.opens();
    await this.loginPage.continueAs(NAMES[person]);
    await this.isInAs(person);
  }

  async isInAs(person: Person) {
    this.#person = person;
    await this.isIn(NAMES[person]);
  }

  async isIn(name: string | RegExp) {
    await expect(this.header.userMenu(name)).toBeVisible();
    await this.isLive();
    // The pages of a list can be told from its skeleton by their posts.
    await expect(this.feed.posts).not.toHaveCount(0);
  }

  /** Waits until the page is drawn as it is now, and nothing moves or fades in but what does so for ever. */
  async atRest() {
    await this.page.evaluate(async () => {
      const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      // What follows the second one comes after the first was drawn.
      await nextFrame();
      await nextFrame();
      await Promise.all(
        document
          .getAnimations()
          .filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity)
          .map((animation) => animation.finished.catch(() => undefined)),
      );
    });
  }

  /** Another tab of the same browser. */
  async opensAnotherTab(): Promise<Actor> {
    const tab = await this.newTab();
    await tab.opens();
    await tab.isLive();
    return tab;
  }

  /** One that is still empty. */
  async newTab(): Promise<Actor> {
    const tab = await Actor.at(this.page.context());
    tab.#person = this.#person;
    return tab;
  }

  async isLive() {
    await expect(this.header.connection).toHaveAttribute('data-state', 'live', RECOVERY);
  }

  async isOffline() {
    await expect(this.header.connection).toHaveAttribute('data-state', 'offline', RECOVERY);
  }

  /** From here on the worker has the app: it opens without a network. */
  async hasTheAppKept() {
    await this.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await this.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  }

  async logsOut(name: string) {
    await this.header.logOut(name);
    await expect(this.loginPage.form).toBeVisible();
  }

  /** Thrown out, without having asked for it here. */
  async seesLoginPage() {
    await expect(this.loginPage.form).toBeVisible(PROMISE);
  }

  // ── Posts and likes ──

  async posts(text: string) {
    await this.feed.write(text);
    await expect(this.feed.post(text)).toBeVisible();
  }

  /** Clicks, and sees the click taken at once, whatever the network does. */
  async likes(post: string) {
    await this.seesLike(post, false);
    await this.feed.likeButton(post).click();
    await this.seesLike(post, true);
  }

  async unlikes(post: string) {
    await this.seesLike(post, true);
    await this.feed.likeButton(post).click();
    await this.seesLike(post, false);
  }

  async seesLike(post: string, liked: boolean) {
    await expect(this.feed.likeButton(post)).toHaveAttribute('aria-pressed', String(liked), PROMISE);
  }

  async seesCount(post: string, count: number) {
    await expect(this.feed.likeCount(post)).toHaveText(String(count), PROMISE);
  }

  /** Sees that the click is kept, and not yet confirmed. */
  async seesWaiting(post: string) {
    await expect(this.feed.waitingMark(post)).toBeVisible(PROMISE);
  }

  /** Also what got no answer is sent again, ten seconds later. */
  async seesNothingWaiting() {
    await expect(this.feed.waitingMarks).toHaveCount(0, { timeout: 20_000 });
  }

  /** Waits until the server has answered this many likes of this tab with `ok`. Chromium only. */
  async hasConfirmed(likes: number) {
    await expect.poll(() => this.wire.answers.length, { ...PROMISE, intervals: [5] }).toBe(likes);
  }

  // ── What they are told ──

  async seesToast(text: string) {
    await expect(this.toasts.saying(text)).toBeVisible(PROMISE);
  }

  async seesNoToast() {
    await expect(this.toasts.all).toHaveCount(0, PROMISE);
  }

  /** Browsers that a program drives believe all their tabs to be visible. */
  async looksAway() {
    await this.page.evaluate(setVisibility, 'hidden' as const);
  }

  async looksAgain() {
    await this.page.evaluate(setVisibility, 'visible' as const);
  }

  /** What a browser says when the screen, the window or the network comes back. */
  async hears(sign: 'visibilitychange' | 'focus' | 'online') {
    await this.page.evaluate((name) => {
      const target = name === 'visibilitychange' ? document : window;
      target.dispatchEvent(new Event(name));
    }, sign);
  }

  // ── How they want to be told ──

  async opensSettings() {
    await this.header.openSettings(NAMES[this.person]);
    await expect(this.settings.heading).toBeVisible();
  }

  /** Switches something over, and sees it taken at once. */
  async turns(name: string, to: 'on' | 'off') {
    await this.seesSwitch(name, to === 'on' ? 'off' : 'on');
    await this.settings.switch(name).click();
    await this.seesSwitch(name, to);
  }

  async seesSwitch(name: string, state: 'on' | 'off') {
    await expect(this.settings.switch(name)).toHaveAttribute('aria-checked', String(state === 'on'), PROMISE);
  }

  async seesBadge(unread: number) {
    await expect(this.inbox.bell).toHaveAttribute('data-unread', String(unread), PROMISE);
  }

  /** Opens the panel, if need be, and compares it with these, newest first. */
  async seesNotifications(...texts: string[]) {
    if (!(await this.inbox.panel.isVisible())) await this.inbox.open();
    await expect(this.inbox.items).toHaveCount(texts.length, PROMISE);
    await expect(this.inbox.items).toContainText(texts, PROMISE);
  }
}

function setVisibility(state: DocumentVisibilityState) {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  document.dispatchEvent(new Event('visibilitychange'));
}
