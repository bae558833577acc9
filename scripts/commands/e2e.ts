/**
 * The end-to-end tests: makes sure of a browser and of a fresh web build, then runs Playwright. The tests learn
 * from the environment what was found:
 *
 *   PLAYWRIGHT_CHROMIUM_PATH  the Chromium to start
 *   E2E_HEADLESS_SHELL_PATH   one that costs less, for tests that need no more
 *   E2E_FIREFOX               1 when a Firefox can be started too
 *   E2E_FIREFOX_PATH          that Firefox, if it is the machine's: start it with channel `moz-firefox`; if unset,
 *                             it is Playwright's own, and needs no options
 *
 * By hand: `npm run e2e:ui`, or `node scripts/e2e.ts` with any option of `playwright test`.
 */
import { findChromium, findFirefox, findHeadlessShell, NO_CHROMIUM } from './browsers.ts';
import { fail, runNode, whenAskedToStop } from './processes.ts';
import { buildWebIfStale } from './webBuild.ts';

whenAskedToStop(130);

const executable = await findChromium();
if (!executable) await fail(NO_CHROMIUM);
const shell = await findHeadlessShell();
const found = await findFirefox();
if (!found) console.log('No Firefox starts here: the test across two kinds of browser is left out.');
if ((await buildWebIfStale()) !== 0) await fail('The web app could not be built.');

const env: NodeJS.ProcessEnv = { PLAYWRIGHT_CHROMIUM_PATH: executable ?? '' };
if (shell) env['E2E_HEADLESS_SHELL_PATH'] = shell;
if (found) env['E2E_FIREFOX'] = '1';
if (found?.executablePath) env['E2E_FIREFOX_PATH'] = found.executablePath;
const asked = process.argv.slice(2);
// Whoever names a spec wants that one, and not all that the measurements otherwise wait for.
const order = asked.some((word) => !word.startsWith('-')) ? ['--no-deps'] : [];
const args = ['test', '--config', 'e2e/playwright.config.ts', ...order, ...asked];
process.exitCode = await runNode('node_modules/playwright/cli.js', args, { env }).exited;
