import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from './freePort.ts';

const ASKED = path.join(import.meta.dirname, 'freePort.ts');
const TEN = `import(process.argv[1]).then(async ({ freePort }) => {
  for (let i = 0; i < 10; i += 1) console.log(await freePort());
});`;

test('processes that ask at the same time, and again and again, get ports of their own', async () => {
  const run = promisify(execFile);
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => run(process.execPath, ['-e', TEN, ASKED])),
  );
  const ports = answers.flatMap(({ stdout }) => stdout.trim().split('\n').map(Number));
  expect(new Set(ports).size).toBe(50);
});

test.runIf(process.platform === 'linux')('no connection to elsewhere gets such a port', async () => {
  const first = Number(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').split('\t')[0]);
  expect(await freePort()).toBeLessThan(first);
});

test.each(['127.0.0.1', '::1'])('one that is listened on at %s is not given', async (host) => {
  const taken = (await freePort()) + 1;
  const server = createServer().listen(taken, host);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  expect(await freePort()).not.toBe(taken);
});
