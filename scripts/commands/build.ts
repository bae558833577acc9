/** `npm run build`: the web app that a server hands out, for machines where nobody may write when it starts. */
import { whenAskedToStop } from './processes.ts';
import { buildWebIfStale } from './webBuild.ts';

whenAskedToStop(130);
process.exitCode = await buildWebIfStale();
