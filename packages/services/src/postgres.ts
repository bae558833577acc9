/** A PostgreSQL of one's own, for tests and for trying out several nodes. */
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { findExecutable, unprivileged } from './executable.ts';
import { freePort } from './freePort.ts';
import { ownFolder, readyProcess, removeFolder } from './ownProcess.ts';

const run = promisify(execFile);
const DATABASE = 'live_likes';
const PROGRAMS = ['initdb', 'postgres', 'pg_isready', 'createdb', 'psql'] as const;

export interface OwnPostgres {
  /** As `DATABASE_URL` wants it, for a database that is there and empty at first. The same after a restart. */
  url: string;
  /** Of the postmaster. */
  pid(): number;
  /** Makes another empty database, and says its `DATABASE_URL`. */
  createDatabase(name: string): Promise<string>;
  /** Shuts it down without a checkpoint, as `pg_ctl stop -m immediate` does; `start` recovers it. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends it for good and removes its data. */
  stop(): Promise<void>;
}

/** The path of the server, or undefined when the machine lacks it or one of the programs beside it. */
export function findPostgres(): string | undefined {
  return PROGRAMS.every(findExecutable) ? findExecutable('postgres') : undefined;
}

/**
 * Starts a PostgreSQL with new data on a free port of the loopback address, durable as it comes.
 *
 * @param settings further `name=value` of postgresql.conf.
 */
export async function startPostgres(settings: string[] = []): Promise<OwnPostgres> {
  const program = findPostgres();
  if (!program) throw new Error('PostgreSQL is not installed (Debian: apt-get install postgresql).');
  const identity = unprivileged('postgres');
  const folder = ownFolder('postgres', identity);
  const call = (name: (typeof PROGRAMS)[number], args: string[]) =>
    run(findExecutable(name) ?? name, args, { cwd: folder, ...identity });
  const data = `${folder}/data`;
  const port = String(await freePort());
  await call('initdb', [
    '-D',
    data,
    '-U',
    'postgres',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ]);
  const at = ['-h', '127.0.0.1', '-p', port, '-U', 'postgres'];
  const options = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    'max_connections=200',
    ...settings,
  ];

  const isReady = () =>
    call('pg_isready', [...at, '-q', '-d', 'postgres']).then(
      () => true,
      () => false,
    );
  const args = ['-D', data, '-p', port, ...options.flatMap((option) => ['-c', option])];
  const launch = () => readyProcess(program, args, { folder, identity }, isReady);
  const createDatabase = async (name: string) => {
    await call('createdb', [...at, name]);
    return `postgres://postgres@127.0.0.1:${port}/${name}`;
  };

  let server = await launch();
  const url = await createDatabase(DATABASE);
  return {
    url,
    pid: () => server.pid,
    createDatabase,
    async kill() {
      process.kill(server.pid, 'SIGQUIT');
      await server.exited;
    },
    async start() {
      server = await launch();
    },
    async stop() {
      await server.stop();
      removeFolder(folder);
    },
  };
}

/**
 * Runs a script past whoever else uses the database, at once: the driver has no call that waits.
 *
 * @returns what `psql` writes: a line for each row, its values parted by `|`
 */
export function psql(url: string, script: string): string {
  const options = ['--no-psqlrc', '--quiet', '-At', '-v', 'ON_ERROR_STOP=1', url];
  return execFileSync('psql', options, { input: script, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
}

/** The rows of a query, which ends without a semicolon. */
export function rowsOf(url: string, query: string): Record<string, unknown>[] {
  return JSON.parse(psql(url, `SELECT coalesce(json_agg(found), '[]') FROM (${query}) found;`)) as Record<
    string,
    unknown
  >[];
}
