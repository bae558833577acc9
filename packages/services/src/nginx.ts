/** An nginx of one's own, with the configuration that is shipped. */
import { chownSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { findExecutable, unprivileged } from './executable.ts';
import { type Node, nodesConf } from './nodes.ts';
import { ownFolder, readyProcess, removeFolder } from './ownProcess.ts';

const SHIPPED = path.resolve(import.meta.dirname, '../../../deploy');
/** Has an nginx that is not root write to its own folder. */
export const TEMP_PATHS = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
  (each) => `${each}_temp_path temp_${each};`,
);

export interface OwnNginx {
  url: string;
  pid(): number;
  /** Ends it for good. */
  stop(): Promise<void>;
}

/** The path of nginx, or undefined when the machine does not have it. */
export function findNginx(): string | undefined {
  return findExecutable('nginx');
}

/**
 * Starts an nginx that spreads what comes to its port over the nodes, as `deploy/nginx.conf` says.
 *
 * @param at where it listens; `host` is an address. `refusesUpgrades`: lets no WebSocket through, as some networks do.
 */
export async function startNginx(
  nodes: readonly Node[],
  {
    host = '127.0.0.1',
    port,
    refusesUpgrades = false,
  }: { host?: string; port: number; refusesUpgrades?: boolean },
): Promise<OwnNginx> {
  const program = findNginx();
  if (!program) throw new Error('nginx is not installed (Debian: apt-get install nginx-light).');
  const identity = unprivileged('www-data');
  const folder = ownFolder('nginx', identity);
  mkdirSync(path.join(folder, 'nginx'));
  for (const file of ['nginx.conf', 'nginx/app.conf'])
    cpSync(path.join(SHIPPED, file), path.join(folder, file));
  writeFileSync(path.join(folder, 'nginx/nodes.conf'), nodesConf(nodes));
  writeFileSync(path.join(folder, 'nginx/site.conf'), siteConf(host, port, refusesUpgrades));
  // Whoever runs it removes it, should its owner end by force.
  if (identity) chownSync(path.join(folder, 'nginx'), identity.uid, identity.gid);
  const settings = `daemon off; pid ${folder}/nginx.pid; error_log stderr;`;
  const args = ['-p', folder, '-e', 'stderr', '-c', `${folder}/nginx.conf`, '-g', settings];
  const server = await readyProcess(program, args, { folder, identity }, () => answers(host, port));
  return {
    url: `http://${host}:${port}`,
    pid: () => server.pid,
    async stop() {
      await server.stop();
      removeFolder(folder);
    },
  };
}

function siteConf(host: string, port: number, refusesUpgrades: boolean): string {
  const where = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return `${TEMP_PATHS.join('\n')}
server {
    listen ${where} backlog=4096;${refusesUpgrades ? '\n    if ($http_upgrade) { return 403; }' : ''}
    include nginx/app.conf;
}
`;
}

async function answers(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port, timeout: 1_000 });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
