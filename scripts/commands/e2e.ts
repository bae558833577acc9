/**
 * The end-to-end tests: makes sure of a browser and of a fresh web build, then runs Playwright. The tests learn
 * from the environment what was found:
 *
 *   PLAYWRIGHT_CHROMIUM_PATH  the Chromium to start
 *   E2E_FIREFOX               1 when a Firefox can be started too
 *   E2E_FIREFOX_PATH          that Firefox, if it is the machine's: start it with channel `moz-firefox`; if unset,
 *                             it is Playwright's own, and needs no options
 *
 * By hand: `npm run e2e:ui`, or `node scripts/e2e.ts` with any option of `playwright test`.
 */
import { findChromium, findFirefox, NO_CHROMIUM } from './browsers.ts';
import { fail, runNode, whenAskedToStop } from './processes.ts';
import { buildWebIfStale } from './webBuild.ts';

whenAskedToStop(130);

const executable = await findChromium();
if (!executable) await fail(NO_CHROMIUM);
const found = await findFirefox();
if (!found) console.log('No Firefox starts here: the test across two kinds of browser is left out.');
if ((await buildWebIfStale()) !== 0) await fail('The web app could not be built.');

const env: NodeJS.ProcessEnv = { PLAYWRIGHT_CHROMIUM_PATH: executable ?? '' };
if (found) env['E2E_FIREFOX'] = '1';
if (found?.executablePath) env['E2E_FIREFOX_PATH'] = found.executablePath;
const args = ['test', '--config', 'e2e/playwright.config.ts', ...process.argv.slice(2)];
process.exitCode = await runNode('node_modules/playwright/cli.js', args, { env }).exited;
