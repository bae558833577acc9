/**
 * `npm start`: the production form. The server runs in this very process, so that signals reach it directly and
 * its exit code is ours.
 */
import { buildWebIfStale } from './webBuild.ts';

const code = await buildWebIfStale();
if (code !== 0) process.exit(code);
// By its address, since these scripts are checked apart from the product.
await import(new URL('../../apps/server/src/main.ts', import.meta.url).href);
