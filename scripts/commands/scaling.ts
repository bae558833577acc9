/** `npm run scaling`: what very many people would cost; the options are in `bench/scaling/main.ts`. */
import { runNode, whenAskedToStop } from './processes.ts';

whenAskedToStop(130);
process.exitCode = await runNode('bench/scaling/main.ts', process.argv.slice(2)).exited;
