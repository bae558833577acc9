/** `npm run model`: the model check alone, with the options of `apps/server/test/model/run.ts`. */
import { runNode, whenAskedToStop } from './processes.ts';

whenAskedToStop(130);
process.exitCode = await runNode('apps/server/test/model/run.ts', process.argv.slice(2)).exited;
