/** `npm run bench`: measures the product beside its peers; the options are in `bench/main.ts`. */
import { runNode, whenAskedToStop } from './processes.ts';

whenAskedToStop(130);
process.exitCode = await runNode('bench/main.ts', process.argv.slice(2)).exited;
