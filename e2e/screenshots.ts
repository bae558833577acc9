/**
 * Makes the pictures of the documentation from the real app: docs/readme/two-windows.png, and every page, light and
 * dark, on a phone and a desktop, into docs/screenshots. By `npm run screenshots`, which builds the app and finds a browser.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { DEMO_POSTS } from './actors.ts';
import { BrowserPool, Cast } from './cast.ts';
import { Server } from './server.ts';

const README_PICTURE = path.resolve(import.meta.dirname, '../docs/readme/two-windows.png');
const PAGES_FOLDER = path.resolve(import.meta.dirname, '../docs/screenshots');
/** What a page must not break on: right to left, emoji, and a word without an end. */
const AWKWARD_POST = `שלום עולם 👩‍👩‍👧‍👦 ${'Donaudampfschifffahrt'.repeat(6)}`;
const [POST, OTHER_POST] = DEMO_POSTS.alice;
const WINDOW = { width: 720, height: 900 };
const SCREENS = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

const executablePath = process.env['PLAYWRIGHT_CHROMIUM_PATH'] ?? '';
const browsers = new BrowserPool(() => chromium.launch({ executablePath }));

await withPeople(twoWindows);
mkdirSync(PAGES_FOLDER, { recursive: true });
for (const device of ['phone', 'desktop'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await withPeople((cast) => everyPage(cast, device, colorScheme));
  }
}

await browsers.close();

/** With a server of their own, so that every picture starts from the same demo. */
async function withPeople(work: (cast: Cast) => Promise<void>) {
  const server = await Server.start();
  const cast = new Cast(browsers, server.url);
  try {
    await work(cast);
  } finally {
    await cast.leave();
    await server.remove();
  }
}

/** Alice's and Bob's windows side by side, in the moment after Bob's like. */
async function twoWindows(cast: Cast) {
  const [alice, bob] = [await cast.visitor({ viewport: WINDOW }), await cast.visitor({ viewport: WINDOW })];
  await alice.logsInAs('alice');
  await bob.logsInAs('bob');
  await bob.likes(POST);
  await alice.seesToast('Bob liked your post');
  await alice.seesCount(POST, 1);
  const windows = [];
  for (const { page } of [alice, bob]) {
    await page.mouse.move(0, 0);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  }
  await Promise.all([alice.atRest(), bob.atRest()]);
  for (const [name, { page }] of [
    ['Alice', alice],
    ['Bob', bob],
  ] as const) {
    windows.push(frame(name, (await page.screenshot()).toString('base64')));
  }

  const desk = await cast.visitor({ viewport: { width: 1540, height: 1010 } });
  await desk.page.setContent(
    `<body style="margin:0;display:grid;grid-template-columns:1fr 1fr;gap:28px;padding:32px;font:600 15px system-ui;
      background:linear-gradient(150deg,#f9d9d3,#efd3e3 50%,#d9dcf3)">${windows.join('')}</body>`,
  );
  mkdirSync(path.dirname(README_PICTURE), { recursive: true });
  await desk.page.screenshot({ path: README_PICTURE });
}

function frame(name: string, png: string) {
  const dots = ['#ff5f57', '#febc2e', '#28c840']
    .map((color) => `<i style="width:12px;height:12px;border-radius:50%;background:${color}"></i>`)
    .join('');
  return `<figure style="margin:0;border-radius:14px;overflow:hidden;box-shadow:0 18px 50px #0003;background:#fff">
    <figcaption style="display:flex;gap:8px;align-items:center;height:44px;padding:0 16px;background:#f1eded;color:#4a4145">
      ${dots}<span style="margin-left:12px">${name}’s window</span></figcaption>
    <img alt="" src="data:image/png;base64,${png}" style="display:block;width:100%"></figure>`;
}

async function everyPage(cast: Cast, device: keyof typeof SCREENS, colorScheme: 'light' | 'dark') {
  const alice = await cast.visitor({ viewport: SCREENS[device], colorScheme, locale: 'en-US' });
  const [bob, carol] = [await cast.actor('bob'), await cast.actor('carol')];
  const { page } = alice;
  const save = async (name: string) => {
    await alice.atRest();
    await page.screenshot({ path: path.join(PAGES_FOLDER, `${name}-${device}-${colorScheme}.png`) });
  };
  const visit = async (address: string, name: string) => {
    await alice.opens(address);
    await alice.isLive();
    await page.getByRole('main').locator('.animate-pulse').first().waitFor({ state: 'detached' });
    await save(name);
  };

  await alice.opens();
  await page.getByRole('button', { name: 'Continue as Alice' }).waitFor();
  await save('login');
  await alice.opens('/signup');
  await page.getByRole('textbox', { name: 'Email' }).waitFor();
  await save('sign-up');
  await alice.continuesAs('alice');
  await save('feed');
  await bob.likes(POST);
  await alice.seesToast('Bob liked your post');
  await save('toast');
  await carol.likes(OTHER_POST);
  await bob.likes(OTHER_POST);
  await alice.seesBadge(2);
  await alice.inbox.open();
  await save('panel');
  await bob.page.request.post('/api/posts', { data: { body: AWKWARD_POST } });
  await alice.opens();
  await alice.isLive();
  await alice.feed.opensPost('a good recipe for green tomatoes');
  await page.getByText('Carol').first().waitFor();
  await save('post');
  await visit('/people/bob', 'profile');
  await visit('/notifications', 'notifications');
  await visit('/settings', 'settings');
  await visit('/announcements', 'announcements');
  await visit('/nowhere', 'nowhere');
  const chinese = await cast.visitor({ viewport: SCREENS[device], colorScheme, locale: 'zh-CN' });
  await chinese.changesCookieTo('alice');
  await chinese.opens('/notifications');
  await chinese.isLive();
  await chinese.page.getByRole('heading', { level: 1, name: '通知' }).waitFor();
  await chinese.atRest();
  await chinese.page.screenshot({ path: path.join(PAGES_FOLDER, `chinese-${device}-${colorScheme}.png`) });
}
