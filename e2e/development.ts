/** The web app in its development form: pages by Vite, which passes API and sockets on to a server. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect } from '@playwright/test';

const ROOT = path.resolve(import.meta.dirname, '..');
const START = { timeout: 30_000, intervals: [100] };

/** Resolves when it answers; the answer stops it. */
export async function startVite(address: string, server: string): Promise<() => Promise<void>> {
  const options = ['--port', new URL(address).port, '--strictPort', '--logLevel', 'warn'];
  const child = spawn(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'apps/web', '--config', 'apps/web/vite.config.ts', ...options],
    {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: new URL(server).port },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  try {
    await expect.poll(() => answers(address), START).toBe(true);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

async function answers(address: string): Promise<boolean> {
  const answer = await fetch(address, { headers: { Accept: 'text/html' } }).catch(() => null);
  await answer?.body?.cancel();
  return answer?.ok ?? false;
}
