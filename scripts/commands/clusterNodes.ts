/** The nodes of `npm run cluster`: each a server process like that of `npm start`. One that ends is started again. */
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Node } from '../../packages/services/src/nodes.ts';
import { V8_FLAGS } from '../../packages/services/src/v8Flags.ts';
import { untilAnswers } from './ports.ts';
import { isStopping, type Running, runNode } from './processes.ts';

const READY_WITHIN_MS = 60_000;
const AGAIN_AFTER_MS = 1_000;

/** Resolves with whether it is ready; if it is not, it has said why. From then on it is kept running. */
export async function startNode(node: Node, env: NodeJS.ProcessEnv): Promise<boolean> {
  const first = launch(node, env);
  const isReady = await becomesReady(first, node);
  if (isReady) void keepRunning(first, node, env);
  return isReady;
}

async function becomesReady({ child, exited }: Running, { id, address }: Node): Promise<boolean> {
  const ended = exited.then(() => false);
  const isReady = await Promise.race([untilAnswers(`http://${address}/readyz`, READY_WITHIN_MS), ended]);
  if (isReady) console.log(`${id.padEnd(10)} http://${address} (process ${child.pid})`);
  return isReady;
}

async function keepRunning(first: Running, node: Node, env: NodeJS.ProcessEnv): Promise<void> {
  let current = first;
  for (;;) {
    await current.exited;
    if (isStopping()) return;
    const { exitCode, signalCode } = current.child;
    console.error(`${node.id} has ended (${signalCode ?? `exit code ${exitCode}`}); it is started again.`);
    await sleep(AGAIN_AFTER_MS);
    if (isStopping()) return;
    current = launch(node, env);
    void becomesReady(current, node);
  }
}

function launch({ id, address }: Node, env: NodeJS.ProcessEnv): Running {
  const [host, port] = address.split(':');
  const server = runNode('apps/server/src/main.ts', [], {
    env: { ...env, NODE_ID: id, HOST: host, PORT: port },
    nodeOptions: V8_FLAGS,
    stdout: 'pipe',
    stderr: 'pipe',
  });
  for (const stream of ['stdout', 'stderr'] as const) {
    const input = server.child[stream];
    if (!input) continue;
    createInterface({ input }).on('line', (line) => {
      // To people there is one address, the balancer's.
      if (!line.startsWith('Live Likes is ready at ')) process[stream].write(`${id} | ${line}\n`);
    });
  }
  return server;
}
