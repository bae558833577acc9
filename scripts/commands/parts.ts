/** A part of `npm test`: something that runs, counts what passed and failed, and keeps its output for the end. */
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Running, runNode } from './processes.ts';

/** A twentieth of what all of them cost is the compilation of what they load, and of the compiler a sixth. */
const COMPILE_CACHE = path.join(tmpdir(), 'live-likes-compile-cache');

export interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
  output: string;
  /** A few words for the line of the part. */
  note?: string;
  /** What is shown below it, well or not. */
  shown?: string;
}

export interface Part {
  name: string;
  run: () => Promise<Outcome>;
}

/** A tool that says by its exit code whether all is well counts as one test. */
export function toolPart(name: string, script: string, args: string[], minutes = 5): Part {
  return {
    name,
    run: async () => {
      const { code, output } = await captured(script, args, {}, minutes);
      return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, output };
    },
  };
}

/** Runs a script and gathers what it prints. One that hangs is ended, and has failed. */
export async function captured(
  script: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  minutes: number,
): Promise<{ code: number; output: string }> {
  const running = runNode(script, args, {
    env: { NO_COLOR: '1', NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const chunks: string[] = [];
  for (const stream of [running.child.stdout, running.child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  }
  const timer = setTimeout(() => endHanging(running, chunks, minutes), minutes * 60_000);
  const code = await running.exited;
  clearTimeout(timer);
  return { code, output: chunks.join('').trimEnd() };
}

function endHanging(running: Running, chunks: string[], minutes: number): void {
  chunks.push(`\nEnded, since it had not finished after ${minutes} minutes.\n`);
  running.child.kill('SIGKILL');
}
