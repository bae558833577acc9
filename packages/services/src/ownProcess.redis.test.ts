import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findPostgres } from './postgres.ts';
import { findRedis } from './redis.ts';

/** Where something is missing, this is left out, and said; where services are required, it fails. */
const leaveOut = !(findRedis() && findPostgres()) && process.env['REQUIRE_SERVICES'] !== '1';
const AMPLE_MS = 25_000;

/** A process that starts something of its own, writes its process id, and is killed. */
async function killedOwner(script: string, stopped: boolean) {
  const folder = mkdtempSync(path.join(tmpdir(), 'live-likes-owner-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  // As the temporary folder is: whoever runs the service is not always who runs the test.
  chmodSync(folder, 0o1777);
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [written] = (await once(owner.stdout, 'data')) as [Buffer];
  const pid = Number(written);
  const started = [pid, ...childrenOf(pid)];
  const running = () => started.filter(isRunning);
  expect(running()).toContain(pid);
  if (stopped) for (const each of running()) process.kill(each, 'SIGSTOP');
  owner.kill('SIGKILL');
  onTestFinished(() => {
    for (const each of running()) process.kill(each, 'SIGKILL');
  });
  return { running, left: () => readdirSync(folder) };
}

function childrenOf(pid: number): number[] {
  const all = execFileSync('ps', ['-A', '-o', 'pid=', '-o', 'ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n');
  return all
    .map((line) => line.trim().split(/ +/).map(Number))
    .flatMap(([id = 0, parent]) => (parent === pid ? [id] : []));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const REDIS = `import { startRedis } from './redis.ts'; console.log((await startRedis()).pid());`;
const POSTGRES = `import { startPostgres } from './postgres.ts'; console.log((await startPostgres()).pid());`;
const DEAF = `
  import { existsSync } from 'node:fs';
  import { ownFolder, readyProcess } from './ownProcess.ts';
  const folder = ownFolder('deaf', undefined);
  const script = 'trap "" INT; touch ready; while :; do sleep 0.1; done';
  const isReady = async () => existsSync(folder + '/ready');
  console.log((await readyProcess('/bin/sh', ['-c', script], { folder }, isReady)).pid);
`;

test.skipIf(leaveOut).each([
  ['Redis', REDIS, false],
  ['a stopped Redis', REDIS, true],
  ['PostgreSQL', POSTGRES, false],
  ['a PostgreSQL of which everything is stopped', POSTGRES, true],
  ['what does not listen', DEAF, false],
])('%s is gone with its owner, and so is its folder', async (_name, script, stopped) => {
  const { running, left } = await killedOwner(script, stopped);
  await expect.poll(running, { timeout: AMPLE_MS }).toEqual([]);
  await expect.poll(left, { timeout: AMPLE_MS }).toEqual([]);
});
