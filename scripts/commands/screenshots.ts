/** `npm run screenshots`: the pictures of the documentation, made from the app as it is; `e2e/screenshots.ts` has them. */
import { findChromium, NO_CHROMIUM } from './browsers.ts';
import { fail, runNode, whenAskedToStop } from './processes.ts';
import { buildWebIfStale } from './webBuild.ts';

whenAskedToStop(130);

const executable = await findChromium();
if (!executable) await fail(NO_CHROMIUM);
if ((await buildWebIfStale()) !== 0) await fail('The web app could not be built.');
const env = { PLAYWRIGHT_CHROMIUM_PATH: executable ?? '' };
process.exitCode = await runNode('e2e/screenshots.ts', [], { env }).exited;
