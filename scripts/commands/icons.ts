/** `npm run icons`: draws the app's PNG icons anew from its mark, `favicon.svg`. They are committed. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium, NO_CHROMIUM } from './browsers.ts';
import { fail, root } from './processes.ts';

const PUBLIC = path.join(root, 'apps/web/public');
const mark = readFileSync(path.join(PUBLIC, 'favicon.svg'), 'utf8');
/** To the edges, since the system cuts it to its own shape, with the heart in the middle that is never cut. */
const uncut = mark
  .replace('rx="9"', '')
  .replace('0 0 32 32', '-4 -4 40 40')
  .replace('<rect width="32" height="32"', '<rect x="-4" y="-4" width="40" height="40"');
/** The heart alone: Android shows nothing but a shape, in the status bar. */
const heart = mark.replace(/<(rect|circle)[^>]*>/g, '').replace('0 0 32 32', '5 7 20 20');

const ICONS = [
  { file: 'icon-192.png', svg: mark, size: 192 },
  { file: 'icon-512.png', svg: mark, size: 512 },
  { file: 'icon-maskable-512.png', svg: uncut, size: 512 },
  { file: 'apple-touch-icon.png', svg: uncut, size: 180 },
  { file: 'badge-96.png', svg: heart, size: 96 },
];

const executablePath = await findChromium();
if (!executablePath) await fail(NO_CHROMIUM);
const browser = await chromium.launch({ executablePath: executablePath ?? '' });
const page = await browser.newPage();
mkdirSync(path.join(PUBLIC, 'icons'), { recursive: true });
for (const { file, svg, size } of ICONS) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
  writeFileSync(path.join(PUBLIC, 'icons', file), await page.screenshot({ omitBackground: true }));
}
await browser.close();
