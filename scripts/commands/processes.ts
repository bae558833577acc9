/** Children that never outlive the command that started them, however it ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

export interface Running {
  child: ChildProcess;
  /** The exit code; 1 if a signal ended it. */
  exited: Promise<number>;
}

interface Options {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Of Node itself. */
  nodeOptions?: readonly string[];
  /** `pipe` makes output readable by the command; the default shows it as it is. */
  stdout?: 'inherit' | 'pipe' | 'ignore';
  stderr?: 'inherit' | 'pipe' | 'ignore';
  /** Gives the child the keyboard. */
  stdin?: 'inherit' | 'ignore';
}

const running = new Set<Running>();
const preload = new URL('endWithParent.ts', import.meta.url).href;

/** Runs a script on this very Node, as `node script ...args`. */
export function runNode(script: string, args: string[], options: Options = {}): Running {
  const { nodeOptions = [] } = options;
  return run(
    process.execPath,
    [...nodeOptions, '--import', preload, path.resolve(root, script), ...args],
    options,
    true,
  );
}

/** Runs a program of the machine. */
export function runProgram(program: string, args: string[], options: Options = {}): Running {
  return run(program, args, options, false);
}

function run(program: string, args: string[], options: Options, channel: boolean): Running {
  const { cwd = root, env = {}, stdin = 'ignore', stdout = 'inherit', stderr = 'inherit' } = options;
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env, LIVE_LIKES_PARENT: String(process.pid) },
    stdio: channel ? [stdin, stdout, stderr, 'ipc'] : [stdin, stdout, stderr],
    // A group of its own: a Ctrl-C of the terminal reaches this command alone, which stops its children in
    // order, and whatever a child leaves behind can be found.
    detached: process.platform !== 'win32' && stdin !== 'inherit',
  });
  const exited = new Promise<number>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', () => signalGroup(child, 'SIGKILL'));
    child.once('close', (code) => resolve(code ?? 1));
  });
  const entry: Running = { child, exited };
  running.add(entry);
  void exited.then(() => running.delete(entry));
  return entry;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || process.platform === 'win32') return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

/** Asks the child to end, and insists when it does not within the grace. */
export async function stop(entry: Running, graceMs = 8_000): Promise<void> {
  const insist = setTimeout(() => {
    signalGroup(entry.child, 'SIGKILL');
    entry.child.kill('SIGKILL');
  }, graceMs);
  entry.child.kill('SIGTERM');
  await entry.exited;
  clearTimeout(insist);
}

/**
 * Stops all children and exits, at the first sign that somebody wants this to end: Ctrl-C, a signal to npm alone
 * (which passes it on), to the whole group (which arrives twice), the terminal closing, or npm dying by force.
 */
export function whenAskedToStop(exitCode: number): void {
  let asked = false;
  const ask = (): void => {
    if (asked) return;
    asked = true;
    void stopAll().finally(() => process.exit(exitCode));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const npm = process.ppid;
  setInterval(() => {
    if (process.ppid !== npm) ask();
  }, 500).unref();
}

let stopping = false;
const stoppedLast: (() => Promise<void>)[] = [];

/** Has something ended too when all is stopped, after the children, as they may need it. The last one given ends first. */
export function stopLast(end: () => Promise<void>): void {
  stoppedLast.unshift(end);
}

async function stopAll(): Promise<void> {
  stopping = true;
  await Promise.all([...running].map((entry) => stop(entry)));
  for (const end of stoppedLast.splice(0)) await end().catch((error: unknown) => console.error(error));
}

/** True once everything is being stopped: a child that ends now is no news. */
export function isStopping(): boolean {
  return stopping;
}

/** Ends the command with one sentence for a person, unless a child has said it already. */
export async function fail(sentence?: string): Promise<never> {
  if (sentence) console.error(sentence);
  await stopAll();
  process.exit(1);
}
