/**
 * `npm run dev`: the server on 3000, restarted on change, and Vite on 5173, which passes API and sockets on to it.
 * Prints one URL when both answer. Whatever ends it, nothing is left running.
 */
import { startDevServer } from './devServer.ts';
import { freePort } from '../../packages/services/src/freePort.ts';
import { isTaken, untilAnswers } from './ports.ts';
import { fail, isStopping, runNode, whenAskedToStop } from './processes.ts';

const WEB_PORT = 5173;
const WEB_URL = `http://localhost:${WEB_PORT}`;
const START_MS = 60_000;

whenAskedToStop(0);

const wanted = process.env['PORT'] ?? '3000';
// Vite must know the port beforehand, so "any free one" is chosen here.
const port = wanted === '0' ? String(await freePort()) : wanted;
for (const taken of [port, String(WEB_PORT)]) {
  // What is no port at all is left to the server, which says so in its own words.
  if (!/^\d+$/.test(taken) || Number(taken) > 65_535 || !(await isTaken('localhost', Number(taken))))
    continue;
  const way = taken === port ? ', or set PORT to another one' : '';
  await fail(`Port ${taken} is in use: stop the program that listens there${way}.`);
}

const server = startDevServer({ PORT: port });
const options = '--config apps/web/vite.config.ts --strictPort --logLevel warn --clearScreen false';
const viteArgs = ['apps/web', '--port', String(WEB_PORT), ...options.split(' ')];
const vite = runNode('node_modules/vite/bin/vite.js', viteArgs, { env: { PORT: port } });

// The server has said in its own words what is wrong.
void server.failed.then(() => fail());
void vite.exited.then((code) => {
  if (!isStopping()) void fail(`Vite has ended (exit code ${code}).`);
});

for (const url of [`http://localhost:${port}/readyz`, `${WEB_URL}/`]) {
  if (!(await untilAnswers(url, START_MS)))
    await fail(`Nothing answers at ${url} after ${START_MS / 1_000} s.`);
}
server.keepAlive();
console.log(`Live Likes is ready at ${WEB_URL} (${await demoUsers()}Ctrl-C stops it)`);

async function demoUsers(): Promise<string> {
  const response = await fetch(`http://localhost:${port}/api/config`);
  const config = (await response.json()) as { demo?: boolean; demoUsers?: { name: string }[] };
  const names = config.demo ? (config.demoUsers ?? []).map((user) => user.name) : [];
  if (names.length === 0) return '';
  return `continue as ${names.slice(0, -1).join(', ')} or ${names.at(-1)} with one click, each in a window of its own; `;
}
