/** Finds the browsers of the end-to-end tests, each really started once: a path that exists proves little. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium, firefox, type LaunchOptions } from '@playwright/test';
import { type Running, runNode, runProgram } from './processes.ts';

const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const CHROMIUM_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const FIREFOXES = ['firefox-esr', 'firefox'];
const FIREFOX_APPS = ['/Applications/Firefox.app/Contents/MacOS/firefox'];

const START_MS = 30_000;
const FETCH_MS = 5 * 60_000;

export const NO_CHROMIUM =
  'The end-to-end tests need a Chromium, and none could be found or fetched: install Chromium or Google Chrome, ' +
  'or set PLAYWRIGHT_CHROMIUM_PATH to one.';

/** The path of a Chromium that starts, fetched if need be; null when there is no way to one. */
export async function findChromium(): Promise<string | null> {
  const given = process.env['PLAYWRIGHT_CHROMIUM_PATH'];
  if (given) {
    if (await chromiumStarts(given)) return given;
    console.log(
      `PLAYWRIGHT_CHROMIUM_PATH names ${given}, which does not start: looking for another browser.`,
    );
  }
  return (await presentChromium()) ?? (await fetchChromium());
}

async function presentChromium(): Promise<string | null> {
  for (const candidate of [chromium.executablePath(), ...onPath(CHROMIUMS), ...CHROMIUM_APPS]) {
    if (await chromiumStarts(candidate)) return candidate;
  }
  return null;
}

async function fetchChromium(): Promise<string | null> {
  console.log('No Chromium starts here: fetching one …');
  await within(FETCH_MS, runNode('node_modules/playwright/cli.js', ['install', 'chromium'], SILENT));
  const playwrights = chromium.executablePath();
  if (await chromiumStarts(playwrights)) return playwrights;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return null;
  await within(FETCH_MS, runProgram('apt-get', ['update'], SILENT));
  const install = ['install', '-y', '--no-install-recommends', 'chromium'];
  await within(
    FETCH_MS,
    runProgram('apt-get', install, { ...SILENT, env: { DEBIAN_FRONTEND: 'noninteractive' } }),
  );
  return presentChromium();
}

/** The path of a Chromium that has no window to draw, if one starts here, and nobody asked for another browser. */
export async function findHeadlessShell(): Promise<string | null> {
  if (process.env['PLAYWRIGHT_CHROMIUM_PATH']) return null;
  for (const candidate of onPath(['chromium-headless-shell'])) {
    if (await chromiumStarts(candidate)) return candidate;
  }
  return null;
}

/**
 * How Playwright starts a Firefox here, or null. Its own needs no options; the machine's is driven over WebDriver
 * BiDi, which Playwright chooses by the channel.
 */
export async function findFirefox(): Promise<LaunchOptions | null> {
  const machines = [...onPath(FIREFOXES), ...FIREFOX_APPS.filter((app) => existsSync(app))];
  const candidates = [{}, ...machines.map((executablePath) => ({ executablePath, channel: 'moz-firefox' }))];
  for (const options of candidates) {
    if (await starts(() => firefox.launch({ ...options, timeout: START_MS }))) return options;
  }
  return null;
}

function onPath(names: string[]): string[] {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  return names
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .filter((file) => existsSync(file));
}

async function chromiumStarts(executablePath: string): Promise<boolean> {
  return existsSync(executablePath) && starts(() => chromium.launch({ executablePath, timeout: START_MS }));
}

async function starts(launch: () => Promise<{ close: () => Promise<void> }>): Promise<boolean> {
  try {
    await (await launch()).close();
    return true;
  } catch {
    return false;
  }
}

const SILENT = { stdout: 'ignore', stderr: 'ignore' } as const;

/** A fetch that hangs is one that failed. */
async function within(ms: number, running: Running): Promise<void> {
  const timer = setTimeout(() => running.child.kill('SIGKILL'), ms);
  await running.exited;
  clearTimeout(timer);
}
