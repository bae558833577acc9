/** One run: a fresh copy of the world, one candidate, one load, and the audit of what is left on disk. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { auditInboxes, auditLikes } from './audit.ts';
import { type Candidate, product } from './candidates.ts';
import type { LoadResult, LoadSpec } from './load/spec.ts';
import { freePort, onLoadCore, type ServerProcess, startServer } from './serverProcess.ts';
import { databaseOf, readWorld } from './world.ts';

export type Load = Pick<LoadSpec, 'scenario'> &
  Partial<Pick<LoadSpec, 'seconds' | 'warmUpSeconds' | 'window' | 'rate' | 'sockets'>>;

export interface Measured {
  figures: Record<string, number>;
  wrong: string[];
}

type Said = { result: LoadResult } | { restart: true };

export async function measure(candidate: Candidate, load: Load, world: string): Promise<Measured> {
  const folder = mkdtempSync(join(world, 'run-'));
  const database = join(folder, 'live.db');
  copyFileSync(databaseOf(world), database);
  const options = { world: readWorld(world), folder: world, database, port: await freePort() };
  let server = await startServer(candidate, options);
  try {
    const result = await runLoad(specOf(candidate, load, server, world), async () => {
      await server.kill();
      server = await startServer(candidate, options);
    });
    await server.kill();
    const wrong = [
      ...result.wrong,
      ...(candidate.durable ? auditLikes(database, result) : []),
      ...(candidate.name === product.name ? auditInboxes(database, result) : []),
    ];
    return { figures: result.figures, wrong };
  } finally {
    await server.kill();
    rmSync(folder, { recursive: true });
  }
}

function specOf(
  { dialect, saysReady }: Candidate,
  load: Load,
  { port, pid }: ServerProcess,
  world: string,
): LoadSpec {
  const target = { port, dialect, saysReady };
  return {
    seconds: 6,
    warmUpSeconds: 5,
    window: 1,
    rate: 0,
    sockets: 0,
    ...load,
    target,
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
