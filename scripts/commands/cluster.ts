/**
 * `npm run cluster`: the scaled-out form on this machine, for trying out: nodes behind a balancer, with PostgreSQL and
 * Redis. What is not there is started for as long as this runs. Whatever ends it, nothing is left running.
 */
import { randomBytes } from 'node:crypto';
import { startBalancer } from '../../packages/services/src/balancer.ts';
import { freePort } from '../../packages/services/src/freePort.ts';
import { findNginx, startNginx } from '../../packages/services/src/nginx.ts';
import type { Node } from '../../packages/services/src/nodes.ts';
import { startNode } from './clusterNodes.ts';
import { readOptions, USAGE, withoutPassword, WrongOption } from './clusterOptions.ts';
import { findBus, findDatabase, type Service } from './localServices.ts';
import { isTaken } from './ports.ts';
import { fail, stopLast, whenAskedToStop } from './processes.ts';
import { buildWebIfStale } from './webBuild.ts';

whenAskedToStop(0);
const { env } = process;
const options = await given();
if (options === null) {
  console.log(USAGE);
  process.exit(0);
}
const host = env['HOST'] || '127.0.0.1';
const port = options.port || (await freePort());
if (await isTaken(host, port))
  await fail(`Port ${port} is in use: stop the program that listens there, or set PORT to another one.`);
if ((await buildWebIfStale()) !== 0) await fail();

const url = `http://localhost:${port}`;
const [database, bus] = await services();
tell('PostgreSQL', database);
tell('Redis', bus);

const nodes: Node[] = [];
for (let i = 1; i <= options.nodes; i += 1)
  nodes.push({ id: `node${i}`, address: `127.0.0.1:${await freePort()}` });
const shared = {
  DATABASE_URL: database.url,
  REDIS_URL: bus.url,
  AUTH_SECRET: env['AUTH_SECRET'] || randomBytes(32).toString('base64url'),
  PUBLIC_URL: env['PUBLIC_URL'] || url,
  TRUST_PROXY: env['TRUST_PROXY'] || '1',
  // Not into a database that somebody has named: demo users have a known password.
  DEMO: env['DEMO'] || (env['DATABASE_URL'] ? '0' : '1'),
};
const areReady = await Promise.all(nodes.map((node) => startNode(node, shared)));
if (areReady.includes(false)) await fail('Not every node could be started.');

const start = findNginx() ? startNginx : startBalancer;
const balancer = await start(nodes, { host, port }).catch((error: Error) => fail(error.message));
stopLast(balancer.stop);
const form = findNginx()
  ? 'nginx, with deploy/nginx.conf'
  : 'a small one for trying out, since nginx is not installed (Debian: apt-get install nginx-light)';
console.log(`${'balancer'.padEnd(10)} ${form}`);
console.log(`Live Likes is ready at ${url}`);

async function given() {
  try {
    return readOptions(process.argv.slice(2), env);
  } catch (error) {
    if (!(error instanceof WrongOption)) throw error;
    return await fail(error.message);
  }
}

async function services(): Promise<[Service, Service]> {
  const [found, foundBus] = await Promise.all([
    findDatabase(env['DATABASE_URL']),
    findBus(env['REDIS_URL']),
  ]).catch((error: Error) => fail(error.message));
  if (found && foundBus) return [found, foundBus];
  const missing = [
    found ? '' : 'PostgreSQL (Debian: apt-get install postgresql; or set DATABASE_URL)',
    foundBus ? '' : 'Redis (Debian: apt-get install redis-server; or set REDIS_URL)',
  ].filter(Boolean);
  return await fail(`Several nodes need ${missing.join(' and ')}, and this machine has none.`);
}

function tell(name: string, { url: at, origin }: Service) {
  console.log(`${name.padEnd(10)} ${withoutPassword(at)} (${origin})`);
}
