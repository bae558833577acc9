/** A service that belongs to the process that started it, and is gone with it, however that ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Identity } from './executable.ts';

/** A new folder in the temporary one, which the given user may write to. */
export function ownFolder(service: string, identity: Identity | undefined): string {
  const folder = mkdtempSync(path.join(tmpdir(), `live-likes-${service}-`));
  if (identity) chownSync(folder, identity.uid, identity.gid);
  return folder;
}

const READY_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 20;
const ENDS_WITHIN_MS = 10_000;
/**
 * Becomes the program, and leaves somebody behind who waits until nobody holds descriptor 3 any more: then the owner
 * has ended, perhaps by force, and what it started must go, even if it is stopped or does not listen. That somebody is
 * nobody's child, as a service may count its own. These (PostgreSQL's, which have sessions of their own) are woken and
 * killed with it: who is stopped would not notice that it has ended.
 */
const GUARDED = `
folder=$1; shift
all() {
  echo $$
  ps -A -o pid= -o ppid= | while read -r pid parent; do [ "$parent" != $$ ] || echo "$pid"; done
}
end() {
  kill -INT $$ || return
  kill -CONT $(all)
  tenths=${ENDS_WITHIN_MS / 100}
  while kill -0 $$; do
    [ $tenths -gt 0 ] || { kill -KILL $(all); break; }
    tenths=$((tenths - 1))
    sleep 0.1
  done
  rm -rf "$folder"
}
( { cat <&3 >/dev/null; end; } >/dev/null 2>&1 & )
exec "$@" 3<&-`;

export interface OwnProcess {
  pid: number;
  /** What it has written so far, to say why it failed. */
  output(): string;
  isRunning(): boolean;
  exited: Promise<void>;
  /** Resolves when it has ended. The folder stays. */
  stop(): Promise<void>;
}

interface Options {
  /** Removed when the owner ends without having stopped it. */
  folder: string;
  identity: Identity | undefined;
}

function ownProcess(program: string, args: string[], { folder, identity }: Options): OwnProcess {
  const child = spawn('/bin/sh', ['-c', GUARDED, 'guarded', folder, program, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    ...identity,
    // A Ctrl-C of the terminal reaches the owner alone, which stops it in order.
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} could not be started.`);
  let output = '';
  const keep = (text: string) => void (output = (output + text).slice(-10_000));
  child.stdout?.setEncoding('utf8').on('data', keep);
  child.stderr?.setEncoding('utf8').on('data', keep);
  // Not `close`: that waits for descriptor 3, which the guard holds.
  const exited = once(child, 'exit').then(() => void (child.stdio[3] as Writable).destroy());
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  return {
    pid,
    output: () => output,
    isRunning,
    exited,
    async stop() {
      if (!isRunning()) return;
      const insist = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS);
      child.kill('SIGINT');
      await exited;
      clearTimeout(insist);
    },
  };
}

/**
 * Runs a program that stays in the foreground and ends in order on SIGINT. Resolves when it is ready.
 *
 * @throws with what it has written, when it ends before that or takes too long. Nothing of it is left then.
 */
export async function readyProcess(
  program: string,
  args: string[],
  options: Options,
  isReady: () => Promise<boolean>,
): Promise<OwnProcess> {
  const started = ownProcess(program, args, options);
  const end = Date.now() + READY_WITHIN_MS;
  while (!(await isReady())) {
    if (started.isRunning() && Date.now() < end) {
      await sleep(LOOK_EVERY_MS);
      continue;
    }
    await started.stop();
    removeFolder(options.folder);
    throw new Error(`${path.basename(program)} did not start: ${started.output().trim()}`);
  }
  return started;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
