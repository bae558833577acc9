/** One run: a fresh copy of the world, one candidate, one load, and the audit of what is left on disk. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '@live-likes/services/freePort';
import { auditInboxes, auditLikes } from './audit.ts';
import { type Candidate, product } from './candidates.ts';
import { sqliteCopy } from './databases.ts';
import type { Target } from './load/client.ts';
import type { LoadResult, LoadSpec } from './load/spec.ts';
import { onLoadCore, type ServerProcess, startServer } from './serverProcess.ts';
import type { Services } from './services.ts';
import { readWorld } from './world.ts';

export type Load = Pick<LoadSpec, 'scenario'> &
  Partial<Pick<LoadSpec, 'seconds' | 'warmUpSeconds' | 'window' | 'rate' | 'sockets'>>;

export interface Measured {
  figures: Record<string, number>;
  wrong: string[];
}

type Said = { result: LoadResult } | { restart: true };

/** @param services are there for candidates that run on them */
export async function measure(
  candidate: Candidate,
  load: Load,
  world: string,
  services?: Services,
): Promise<Measured> {
  const { nodes, script } = candidate;
  const database = nodes > 0 && services ? services.copyOfWorld() : sqliteCopy(world);
  const redisUrl = nodes > 1 ? services?.redisUrl : undefined;
  const ports = await Promise.all(Array.from({ length: Math.max(nodes, 1) }, freePort));
  const shared = { world: readWorld(world), folder: world, databaseUrl: database.url, redisUrl };
  const servers: ServerProcess[] = [];
  const start = async () => {
    for (const port of ports) servers.push(await startServer(candidate, { ...shared, port }));
  };
  const kill = () => Promise.all(servers.splice(0).map((server) => server.kill()));
  try {
    await start();
    const result = await runLoad(specOf(candidate, load, servers, world, redisUrl), async () => {
      await kill();
      await start();
    });
    await kill();
    await database.crash();
    const wrong = [
      ...result.wrong,
      ...(candidate.durable ? auditLikes(database, result) : []),
      ...(script === product.script ? auditInboxes(database, result) : []),
    ];
    return { figures: result.figures, wrong };
  } finally {
    await kill();
    database.remove();
  }
}

function specOf(
  { dialect, saysReady }: Candidate,
  load: Load,
  servers: readonly ServerProcess[],
  world: string,
  redisUrl: string | null = null,
): LoadSpec {
  const targets = servers.map(({ port }) => ({ port, dialect, saysReady }));
  const [{ pid }, target] = [servers[0] as ServerProcess, targets[0] as Target];
  return {
    seconds: 6,
    warmUpSeconds: 5,
    window: 1,
    rate: 0,
    sockets: 0,
    ...load,
    targets,
    target,
    redisUrl,
    serverPid: pid,
    world,
  };
}

async function runLoad(spec: LoadSpec, restart: () => Promise<void>): Promise<LoadResult> {
  const [program, args] = onLoadCore([join(import.meta.dirname, 'load/main.ts')]);
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  try {
    return await new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the load ended with ${String(code)}`)));
      child.on('message', (said: Said) => {
        if ('result' in said) resolve(said.result);
        else restart().then(() => child.send('restarted'), reject);
      });
      child.send(spec);
    });
  } finally {
    if (child.exitCode === null) {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    }
  }
}
