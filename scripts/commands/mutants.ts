/** `npm run mutants`: builds faults into the core and shows that the model check finds each of them. */
import { runNode, whenAskedToStop } from './processes.ts';

whenAskedToStop(130);
process.exitCode = await runNode('apps/server/test/model/kill.ts', process.argv.slice(2)).exited;
